import * as t from '../../schema.ts';

export const ContainerCreateResponse = t.object({ Id: t.string(), Warnings: t.array(t.string()) });
export type ContainerCreateResponse = t.Static<typeof ContainerCreateResponse>;
