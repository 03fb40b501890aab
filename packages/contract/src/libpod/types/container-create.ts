import * as t from '../../schema.ts';

export const ContainerCreateResponse = t.object({ Id: t.string(), Warnings: t.array(t.string()) });
export type ContainerCreateResponse = t.Static<typeof ContainerCreateResponse>;

/** One container of a removal. */
export const RemoveReport = t.object({ Id: t.string(), Err: t.nullable(t.string()) });
export type RemoveReport = t.Static<typeof RemoveReport>;

/** One object of a prune. */
export const PruneReport = t.object({ Id: t.string(), Err: t.optional(t.nullable(t.string())), Size: t.integer() });
export type PruneReport = t.Static<typeof PruneReport>;
