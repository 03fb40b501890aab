import * as t from '../../schema.ts';
import { OCIDescriptor } from './common.ts';
import { MountPoint } from './container-inspect.ts';
import { EndpointSettings } from './endpoint.ts';

export const PortSummary = t.object({
  IP: t.optional(t.string()),
  PrivatePort: t.unsigned(),
  PublicPort: t.optional(t.unsigned()),
  Type: t.choice(['tcp', 'udp', 'sctp']),
});
export type PortSummary = t.Static<typeof PortSummary>;

export const ContainerSummary = t.object({
  Id: t.string(),
  Names: t.array(t.string()),
  Image: t.string(),
  ImageID: t.string(),
  ImageManifestDescriptor: t.optional(t.nullable(OCIDescriptor)),
  Command: t.string(),
  Created: t.integer(),
  Ports: t.array(PortSummary),
  SizeRw: t.optional(t.integer()),
  SizeRootFs: t.optional(t.integer()),
  Labels: t.nullable(t.record(t.string())),
  State: t.choice(['created', 'running', 'paused', 'restarting', 'exited', 'removing', 'dead']),
  Status: t.string(),
  HostConfig: t.object({ NetworkMode: t.string(), Annotations: t.optional(t.record(t.string())) }),
  NetworkSettings: t.object({ Networks: t.record(EndpointSettings) }),
  Mounts: t.array(MountPoint),
  Health: t.optional(
    t.object({
      Status: t.choice(['none', 'starting', 'healthy', 'unhealthy']),
      FailingStreak: t.integer(),
    }),
  ),
});
export type ContainerSummary = t.Static<typeof ContainerSummary>;
