import * as t from '../../schema.ts';

export const SystemVersion = t.object({
  Platform: t.object({ Name: t.string() }),
  Components: t.array(t.object({ Name: t.string(), Version: t.string(), Details: t.record(t.string()) })),
  Version: t.string(),
  ApiVersion: t.string(),
  MinAPIVersion: t.string(),
  GitCommit: t.string(),
  GoVersion: t.string(),
  Os: t.string(),
  Arch: t.string(),
  KernelVersion: t.string(),
  Experimental: t.optional(t.boolean()),
  BuildTime: t.string(),
});
export type SystemVersion = t.Static<typeof SystemVersion>;

export const EventActor = t.object({ ID: t.string(), Attributes: t.record(t.string()) });
export type EventActor = t.Static<typeof EventActor>;

export const EventMessage = t.object({
  Type: t.string(),
  Action: t.string(),
  Actor: EventActor,
  scope: t.choice(['local', 'swarm']),
  time: t.integer(),
  timeNano: t.integer(),
  status: t.optional(t.string()),
  id: t.optional(t.string()),
  from: t.optional(t.string()),
});
export type EventMessage = t.Static<typeof EventMessage>;

export const AuthConfig = t.partial({
  username: t.string(),
  password: t.string(),
  serveraddress: t.string(),
  identitytoken: t.string(),
  registrytoken: t.string(),
  auth: t.string(),
  email: t.string(),
});
export type AuthConfig = t.Static<typeof AuthConfig>;

export const AuthResponse = t.object({ Status: t.string(), IdentityToken: t.optional(t.string()) });
export type AuthResponse = t.Static<typeof AuthResponse>;
