import * as t from '../../schema.ts';
import { SwarmSpec, TLSInfo } from './system-info.ts';
import { ObjectVersion } from './volumes.ts';

export const JoinTokens = t.object({ Worker: t.string(), Manager: t.string() });
export type JoinTokens = t.Static<typeof JoinTokens>;

export const Swarm = t.object({
  ID: t.optional(t.string()),
  Version: t.optional(ObjectVersion),
  CreatedAt: t.optional(t.string()),
  UpdatedAt: t.optional(t.string()),
  Spec: t.optional(SwarmSpec),
  TLSInfo: t.optional(TLSInfo),
  RootRotationInProgress: t.optional(t.boolean()),
  DataPathPort: t.optional(t.unsigned()),
  DefaultAddrPool: t.optional(t.nullable(t.array(t.string()))),
  SubnetSize: t.optional(t.integer({ minimum: 0, maximum: 29 })),
  JoinTokens: t.optional(JoinTokens),
});
export type Swarm = t.Static<typeof Swarm>;

export const SwarmInitRequest = t.partial({
  ListenAddr: t.string(),
  AdvertiseAddr: t.string(),
  DataPathAddr: t.string(),
  DataPathPort: t.unsigned(),
  DefaultAddrPool: t.array(t.string()),
  ForceNewCluster: t.boolean(),
  SubnetSize: t.unsigned(),
  Spec: SwarmSpec,
});
export type SwarmInitRequest = t.Static<typeof SwarmInitRequest>;

export const SwarmJoinRequest = t.partial({
  ListenAddr: t.string(),
  AdvertiseAddr: t.string(),
  DataPathAddr: t.string(),
  RemoteAddrs: t.array(t.string()),
  JoinToken: t.string(),
});
export type SwarmJoinRequest = t.Static<typeof SwarmJoinRequest>;

export const SwarmUnlockRequest = t.partial({ UnlockKey: t.string() });
export type SwarmUnlockRequest = t.Static<typeof SwarmUnlockRequest>;

export const SwarmUnlockKey = t.object({ UnlockKey: t.string() });
export type SwarmUnlockKey = t.Static<typeof SwarmUnlockKey>;
