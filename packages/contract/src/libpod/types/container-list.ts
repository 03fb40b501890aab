import * as t from '../../schema.ts';

export const ListContainerNamespaces = t.object({
  Cgroup: t.optional(t.string()),
  Ipc: t.optional(t.string()),
  Mnt: t.optional(t.string()),
  Net: t.optional(t.string()),
  Pidns: t.optional(t.string()),
  User: t.optional(t.string()),
  Uts: t.optional(t.string()),
});
export type ListContainerNamespaces = t.Static<typeof ListContainerNamespaces>;

export const ContainerSize = t.object({ rootFsSize: t.integer(), rwSize: t.integer() });
export type ContainerSize = t.Static<typeof ContainerSize>;

export const PublishedPort = t.object({
  container_port: t.unsigned(),
  host_ip: t.string(),
  host_port: t.unsigned(),
  protocol: t.string(),
  range: t.unsigned(),
});
export type PublishedPort = t.Static<typeof PublishedPort>;

export const ContainerSummary = t.object({
  AutoRemove: t.boolean(),
  CIDFile: t.string(),
  Command: t.nullable(t.array(t.string())),
  Created: t.string(),
  CreatedAt: t.string(),
  ExitCode: t.integer(),
  Exited: t.boolean(),
  ExitedAt: t.integer(),
  ExposedPorts: t.nullable(t.record(t.array(t.string()))),
  Id: t.string(),
  Image: t.string(),
  ImageID: t.string(),
  IsInfra: t.boolean(),
  Labels: t.nullable(t.record(t.string())),
  Mounts: t.array(t.string()),
  Names: t.array(t.string()),
  Namespaces: ListContainerNamespaces,
  Networks: t.array(t.string()),
  Pid: t.integer(),
  Pod: t.string(),
  PodName: t.string(),
  Ports: t.nullable(t.array(PublishedPort)),
  Restarts: t.unsigned(),
  Size: t.nullable(ContainerSize),
  StartedAt: t.integer(),
  State: t.string(),
  Status: t.string(),
});
export type ContainerSummary = t.Static<typeof ContainerSummary>;
