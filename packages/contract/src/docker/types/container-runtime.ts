import * as t from '../../schema.ts';

export const ContainerTopResponse = t.object({ Titles: t.array(t.string()), Processes: t.array(t.array(t.string())) });
export type ContainerTopResponse = t.Static<typeof ContainerTopResponse>;

export const FilesystemChange = t.object({ Path: t.string(), Kind: t.integer({ minimum: 0, maximum: 2 }) });
export type FilesystemChange = t.Static<typeof FilesystemChange>;

export const WaitError = t.object({ Message: t.optional(t.string()) });
export type WaitError = t.Static<typeof WaitError>;

export const ContainerWaitResponse = t.object({ StatusCode: t.integer(), Error: t.optional(t.nullable(WaitError)) });
export type ContainerWaitResponse = t.Static<typeof ContainerWaitResponse>;

export const ContainerPruneResponse = t.object({
  ContainersDeleted: t.nullable(t.array(t.string())),
  SpaceReclaimed: t.integer(),
});
export type ContainerPruneResponse = t.Static<typeof ContainerPruneResponse>;
