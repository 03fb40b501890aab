import * as t from '../../schema.ts';
import { TLSInfo } from './system-info.ts';
import { ObjectVersion } from './volumes.ts';

export const NodeSpec = t.partial({
  Name: t.string(),
  Labels: t.record(t.string()),
  Role: t.string(),
  Availability: t.string(),
});
export type NodeSpec = t.Static<typeof NodeSpec>;

export const Platform = t.object({ Architecture: t.optional(t.string()), OS: t.optional(t.string()) });
export type Platform = t.Static<typeof Platform>;

export const ResourceObject = t.partial({
  NanoCPUs: t.integer(),
  MemoryBytes: t.integer(),
  GenericResources: t.array(
    t.partial({
      NamedResourceSpec: t.partial({ Kind: t.string(), Value: t.string() }),
      DiscreteResourceSpec: t.partial({ Kind: t.string(), Value: t.integer() }),
    }),
  ),
});
export type ResourceObject = t.Static<typeof ResourceObject>;

export const EngineDescription = t.object({
  EngineVersion: t.optional(t.string()),
  Labels: t.optional(t.nullable(t.record(t.string()))),
  Plugins: t.optional(t.nullable(t.array(t.object({ Type: t.optional(t.string()), Name: t.optional(t.string()) })))),
});
export type EngineDescription = t.Static<typeof EngineDescription>;

export const NodeDescription = t.object({
  Hostname: t.optional(t.string()),
  Platform: t.optional(Platform),
  Resources: t.optional(ResourceObject),
  Engine: t.optional(EngineDescription),
  TLSInfo: t.optional(TLSInfo),
});
export type NodeDescription = t.Static<typeof NodeDescription>;

export const NodeState = t.choice(['unknown', 'down', 'ready', 'disconnected']);
export type NodeState = t.Static<typeof NodeState>;

export const NodeStatus = t.object({
  State: t.optional(NodeState),
  Message: t.optional(t.string()),
  Addr: t.optional(t.string()),
});
export type NodeStatus = t.Static<typeof NodeStatus>;

export const Reachability = t.choice(['unknown', 'unreachable', 'reachable']);
export type Reachability = t.Static<typeof Reachability>;

export const ManagerStatus = t.object({
  Leader: t.optional(t.boolean()),
  Reachability: t.optional(Reachability),
  Addr: t.optional(t.string()),
});
export type ManagerStatus = t.Static<typeof ManagerStatus>;

export const Node = t.object({
  ID: t.optional(t.string()),
  Version: t.optional(ObjectVersion),
  CreatedAt: t.optional(t.string()),
  UpdatedAt: t.optional(t.string()),
  Spec: t.optional(NodeSpec),
  Description: t.optional(NodeDescription),
  Status: t.optional(NodeStatus),
  ManagerStatus: t.optional(t.nullable(ManagerStatus)),
});
export type Node = t.Static<typeof Node>;
