import * as t from '../../schema.ts';

export const PluginMount = t.object({
  Name: t.string(),
  Description: t.string(),
  Settable: t.array(t.string()),
  Source: t.string(),
  Destination: t.string(),
  Type: t.string(),
  Options: t.array(t.string()),
});
export type PluginMount = t.Static<typeof PluginMount>;

export const PluginDevice = t.object({
  Name: t.string(),
  Description: t.string(),
  Settable: t.array(t.string()),
  Path: t.string(),
});
export type PluginDevice = t.Static<typeof PluginDevice>;

export const PluginEnv = t.object({
  Name: t.string(),
  Description: t.string(),
  Settable: t.array(t.string()),
  Value: t.string(),
});
export type PluginEnv = t.Static<typeof PluginEnv>;

export const Plugin = t.object({
  Id: t.optional(t.string()),
  Name: t.string(),
  Enabled: t.boolean(),
  Settings: t.object({
    Mounts: t.array(PluginMount),
    Env: t.array(t.string()),
    Args: t.array(t.string()),
    Devices: t.array(PluginDevice),
  }),
  PluginReference: t.optional(t.string()),
  Config: t.object({
    Description: t.string(),
    Documentation: t.string(),
    Interface: t.object({
      Types: t.array(t.string()),
      Socket: t.string(),
      ProtocolScheme: t.optional(t.choice(['', 'moby.plugins.http/v1'])),
    }),
    Entrypoint: t.array(t.string()),
    WorkDir: t.string(),
    User: t.optional(t.object({ UID: t.optional(t.unsigned()), GID: t.optional(t.unsigned()) })),
    Network: t.object({ Type: t.string() }),
    Linux: t.object({
      Capabilities: t.array(t.string()),
      AllowAllDevices: t.boolean(),
      Devices: t.array(PluginDevice),
    }),
    PropagatedMount: t.string(),
    IpcHost: t.boolean(),
    PidHost: t.boolean(),
    Mounts: t.array(PluginMount),
    Env: t.array(PluginEnv),
    Args: t.object({
      Name: t.string(),
      Description: t.string(),
      Settable: t.array(t.string()),
      Value: t.array(t.string()),
    }),
    rootfs: t.optional(
      t.object({ type: t.optional(t.string()), diff_ids: t.optional(t.nullable(t.array(t.string()))) }),
    ),
  }),
});
export type Plugin = t.Static<typeof Plugin>;

export const PluginPrivilege = t.object({ Name: t.string(), Description: t.string(), Value: t.array(t.string()) });
export type PluginPrivilege = t.Static<typeof PluginPrivilege>;
