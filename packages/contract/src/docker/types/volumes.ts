import * as t from '../../schema.ts';

export const ObjectVersion = t.object({ Index: t.unsigned() });
export type ObjectVersion = t.Static<typeof ObjectVersion>;

export const Topology = t.partial({ Segments: t.record(t.string()) });
export type Topology = t.Static<typeof Topology>;

export const ClusterVolumeSpec = t.partial({
  Group: t.string(),
  AccessMode: t.partial({
    Scope: t.string(),
    Sharing: t.string(),
    MountVolume: t.record(t.unknown()),
    Secrets: t.array(t.partial({ Key: t.string(), Secret: t.string() })),
    AccessibilityRequirements: t.partial({ Requisite: t.array(Topology), Preferred: t.array(Topology) }),
    CapacityRange: t.partial({ RequiredBytes: t.integer(), LimitBytes: t.integer() }),
    Availability: t.string(),
  }),
});
export type ClusterVolumeSpec = t.Static<typeof ClusterVolumeSpec>;

export const ClusterVolume = t.object({
  ID: t.optional(t.string()),
  Version: t.optional(ObjectVersion),
  CreatedAt: t.optional(t.string()),
  UpdatedAt: t.optional(t.string()),
  Spec: t.optional(ClusterVolumeSpec),
  Info: t.optional(
    t.object({
      CapacityBytes: t.optional(t.integer()),
      VolumeContext: t.optional(t.nullable(t.record(t.string()))),
      VolumeID: t.optional(t.string()),
      AccessibleTopology: t.optional(t.nullable(t.array(Topology))),
    }),
  ),
  PublishStatus: t.optional(
    t.nullable(
      t.array(
        t.object({
          NodeID: t.optional(t.string()),
          State: t.optional(
            t.choice(['pending-publish', 'published', 'pending-node-unpublish', 'pending-controller-unpublish']),
          ),
          PublishContext: t.optional(t.nullable(t.record(t.string()))),
        }),
      ),
    ),
  ),
});
export type ClusterVolume = t.Static<typeof ClusterVolume>;

export const Volume = t.object({
  Name: t.string(),
  Driver: t.string(),
  Mountpoint: t.string(),
  CreatedAt: t.string(),
  Status: t.optional(t.record(t.unknown())),
  Labels: t.nullable(t.record(t.string())),
  Scope: t.choice(['local', 'global']),
  ClusterVolume: t.optional(ClusterVolume),
  Options: t.nullable(t.record(t.string())),
  UsageData: t.optional(t.object({ Size: t.integer(), RefCount: t.integer() })),
});
export type Volume = t.Static<typeof Volume>;

export const VolumeCreateRequest = t.partial({
  Name: t.string(),
  Driver: t.string(),
  DriverOpts: t.record(t.string()),
  Labels: t.record(t.string()),
  ClusterVolumeSpec: ClusterVolumeSpec,
});
export type VolumeCreateRequest = t.Static<typeof VolumeCreateRequest>;

export const VolumeListResponse = t.object({ Volumes: t.array(Volume), Warnings: t.nullable(t.array(t.string())) });
export type VolumeListResponse = t.Static<typeof VolumeListResponse>;

export const VolumePruneResponse = t.object({
  VolumesDeleted: t.nullable(t.array(t.string())),
  SpaceReclaimed: t.integer(),
});
export type VolumePruneResponse = t.Static<typeof VolumePruneResponse>;

export const VolumeUpdateRequest = t.partial({ Spec: ClusterVolumeSpec });
export type VolumeUpdateRequest = t.Static<typeof VolumeUpdateRequest>;
