import * as t from '../../schema.ts';
import { HealthConfig } from './container-config.ts';
import { Mount } from './host-config.ts';
import { ConfigReference, IPAM, PeerInfo } from './network-inspect.ts';
import { PluginPrivilege } from './plugins.ts';
import { ResourceObject } from './swarm-nodes.ts';
import { ObjectVersion } from './volumes.ts';

export const Limit = t.partial({ NanoCPUs: t.integer(), MemoryBytes: t.integer(), Pids: t.integer() });
export type Limit = t.Static<typeof Limit>;

export const PlatformSpec = t.partial({ Architecture: t.string(), OS: t.string() });
export type PlatformSpec = t.Static<typeof PlatformSpec>;

export const NetworkAttachmentConfig = t.partial({
  Target: t.string(),
  Aliases: t.array(t.string()),
  DriverOpts: t.record(t.string()),
});
export type NetworkAttachmentConfig = t.Static<typeof NetworkAttachmentConfig>;

export const TaskSpec = t.partial({
  PluginSpec: t.partial({
    Name: t.string(),
    Remote: t.string(),
    Disabled: t.boolean(),
    PluginPrivilege: t.array(PluginPrivilege),
  }),
  ContainerSpec: t.partial({
    Image: t.string(),
    Labels: t.record(t.string()),
    Command: t.array(t.string()),
    Args: t.array(t.string()),
    Hostname: t.string(),
    Env: t.array(t.string()),
    Dir: t.string(),
    User: t.string(),
    Groups: t.array(t.string()),
    Privileges: t.partial({
      CredentialSpec: t.partial({ Config: t.string(), File: t.string(), Registry: t.string() }),
      SELinuxContext: t.partial({
        Disable: t.boolean(),
        User: t.string(),
        Role: t.string(),
        Type: t.string(),
        Level: t.string(),
      }),
      Seccomp: t.partial({ Mode: t.string(), Profile: t.string() }),
      AppArmor: t.partial({ Mode: t.string() }),
      NoNewPrivileges: t.boolean(),
    }),
    TTY: t.boolean(),
    OpenStdin: t.boolean(),
    ReadOnly: t.boolean(),
    Mounts: t.array(Mount),
    StopSignal: t.string(),
    StopGracePeriod: t.integer(),
    HealthCheck: HealthConfig,
    Hosts: t.array(t.string()),
    DNSConfig: t.partial({
      Nameservers: t.array(t.string()),
      Search: t.array(t.string()),
      Options: t.array(t.string()),
    }),
    Secrets: t.array(
      t.partial({
        File: t.partial({ Name: t.string(), UID: t.string(), GID: t.string(), Mode: t.unsigned() }),
        SecretID: t.string(),
        SecretName: t.string(),
      }),
    ),
    OomScoreAdj: t.integer(),
    Configs: t.array(
      t.partial({
        File: t.partial({ Name: t.string(), UID: t.string(), GID: t.string(), Mode: t.unsigned() }),
        Runtime: t.record(t.unknown()),
        ConfigID: t.string(),
        ConfigName: t.string(),
      }),
    ),
    Isolation: t.string(),
    Init: t.boolean(),
    Sysctls: t.record(t.string()),
    CapabilityAdd: t.array(t.string()),
    CapabilityDrop: t.array(t.string()),
    Ulimits: t.array(t.partial({ Name: t.string(), Soft: t.integer(), Hard: t.integer() })),
  }),
  NetworkAttachmentSpec: t.partial({ ContainerID: t.string() }),
  Resources: t.partial({
    Limits: Limit,
    Reservations: ResourceObject,
    SwapBytes: t.integer(),
    MemorySwappiness: t.integer({ minimum: -1, maximum: 100 }),
  }),
  RestartPolicy: t.partial({
    Condition: t.string(),
    Delay: t.integer(),
    MaxAttempts: t.integer(),
    Window: t.integer(),
  }),
  Placement: t.partial({
    Constraints: t.array(t.string()),
    Preferences: t.array(t.partial({ Spread: t.partial({ SpreadDescriptor: t.string() }) })),
    MaxReplicas: t.integer(),
    Platforms: t.array(PlatformSpec),
  }),
  ForceUpdate: t.unsigned(),
  Runtime: t.string(),
  Networks: t.array(NetworkAttachmentConfig),
  LogDriver: t.partial({ Name: t.string(), Options: t.record(t.string()) }),
});
export type TaskSpec = t.Static<typeof TaskSpec>;

export const TaskState = t.choice([
  'new',
  'allocated',
  'pending',
  'assigned',
  'accepted',
  'preparing',
  'ready',
  'starting',
  'running',
  'complete',
  'shutdown',
  'failed',
  'rejected',
  'remove',
  'orphaned',
]);
export type TaskState = t.Static<typeof TaskState>;

export const ContainerStatus = t.object({
  ContainerID: t.optional(t.string()),
  PID: t.optional(t.integer()),
  ExitCode: t.optional(t.integer()),
});
export type ContainerStatus = t.Static<typeof ContainerStatus>;

export const EndpointPortConfig = t.partial({
  Name: t.string(),
  Protocol: t.string(),
  TargetPort: t.integer(),
  PublishedPort: t.integer(),
  PublishMode: t.string(),
});
export type EndpointPortConfig = t.Static<typeof EndpointPortConfig>;

export const PortStatus = t.object({ Ports: t.optional(t.nullable(t.array(EndpointPortConfig))) });
export type PortStatus = t.Static<typeof PortStatus>;

export const TaskStatus = t.object({
  Timestamp: t.optional(t.string()),
  State: t.optional(TaskState),
  Message: t.optional(t.string()),
  Err: t.optional(t.string()),
  ContainerStatus: t.optional(ContainerStatus),
  PortStatus: t.optional(PortStatus),
});
export type TaskStatus = t.Static<typeof TaskStatus>;

export const Network = t.object({
  Name: t.optional(t.string()),
  Id: t.optional(t.string()),
  Created: t.optional(t.string()),
  Scope: t.optional(t.string()),
  Driver: t.optional(t.string()),
  EnableIPv4: t.optional(t.boolean()),
  EnableIPv6: t.optional(t.boolean()),
  IPAM: t.optional(IPAM),
  Internal: t.optional(t.boolean()),
  Attachable: t.optional(t.boolean()),
  Ingress: t.optional(t.boolean()),
  ConfigFrom: t.optional(ConfigReference),
  ConfigOnly: t.optional(t.boolean()),
  Options: t.optional(t.nullable(t.record(t.string()))),
  Labels: t.optional(t.nullable(t.record(t.string()))),
  Peers: t.optional(t.nullable(t.array(PeerInfo))),
});
export type Network = t.Static<typeof Network>;

export const NetworkAttachment = t.object({
  Network: t.optional(Network),
  Addresses: t.optional(t.nullable(t.array(t.string()))),
});
export type NetworkAttachment = t.Static<typeof NetworkAttachment>;

export const Task = t.object({
  ID: t.optional(t.string()),
  Version: t.optional(ObjectVersion),
  CreatedAt: t.optional(t.string()),
  UpdatedAt: t.optional(t.string()),
  Name: t.optional(t.string()),
  Labels: t.optional(t.nullable(t.record(t.string()))),
  Spec: t.optional(TaskSpec),
  ServiceID: t.optional(t.string()),
  Slot: t.optional(t.integer()),
  NodeID: t.optional(t.string()),
  AssignedGenericResources: t.optional(
    t.nullable(
      t.array(
        t.object({
          NamedResourceSpec: t.optional(t.object({ Kind: t.optional(t.string()), Value: t.optional(t.string()) })),
          DiscreteResourceSpec: t.optional(t.object({ Kind: t.optional(t.string()), Value: t.optional(t.integer()) })),
        }),
      ),
    ),
  ),
  Status: t.optional(TaskStatus),
  DesiredState: t.optional(TaskState),
  JobIteration: t.optional(ObjectVersion),
  NetworksAttachments: t.optional(t.nullable(t.array(NetworkAttachment))),
});
export type Task = t.Static<typeof Task>;
