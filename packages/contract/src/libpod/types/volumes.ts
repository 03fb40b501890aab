import * as t from '../../schema.ts';

export const Volume = t.object({
  Anonymous: t.optional(t.boolean()),
  CreatedAt: t.string(),
  Driver: t.string(),
  GID: t.optional(t.integer()),
  Labels: t.record(t.string()),
  LockNumber: t.unsigned(),
  MountCount: t.unsigned(),
  Mountpoint: t.string(),
  Name: t.string(),
  NeedsChown: t.boolean(),
  NeedsCopyUp: t.boolean(),
  Options: t.record(t.string()),
  Scope: t.string(),
  Status: t.optional(t.record(t.unknown())),
  StorageID: t.optional(t.string()),
  Timeout: t.optional(t.unsigned()),
  UID: t.optional(t.integer()),
});
export type Volume = t.Static<typeof Volume>;

export const VolumeCreateRequest = t.partial({
  Driver: t.string(),
  GID: t.integer(),
  IgnoreIfExists: t.boolean(),
  Label: t.record(t.string()),
  Labels: t.record(t.string()),
  Name: t.string(),
  Options: t.record(t.string()),
  UID: t.integer(),
});
export type VolumeCreateRequest = t.Static<typeof VolumeCreateRequest>;
