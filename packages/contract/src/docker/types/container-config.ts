import * as t from '../../schema.ts';

/** A command as words, or as one string that is its only word. */
export const StringOrList = t.union([t.array(t.string()), t.string()]);
export type StringOrList = t.Static<typeof StringOrList>;

/** Times in nanoseconds. */
export const HealthConfig = t.partial({
  Test: t.array(t.string()),
  Interval: t.integer(),
  Timeout: t.integer(),
  Retries: t.integer(),
  StartPeriod: t.integer(),
  StartInterval: t.integer(),
});
export type HealthConfig = t.Static<typeof HealthConfig>;

/** What runs in a container, as an image can say it too. */
export const ContainerConfig = t.partial({
  Hostname: t.string(),
  Domainname: t.string(),
  User: t.string(),
  AttachStdin: t.boolean(),
  AttachStdout: t.boolean(),
  AttachStderr: t.boolean(),
  ExposedPorts: t.record(t.object({})),
  Tty: t.boolean(),
  OpenStdin: t.boolean(),
  StdinOnce: t.boolean(),
  Env: t.array(t.string()),
  Cmd: StringOrList,
  Healthcheck: HealthConfig,
  ArgsEscaped: t.boolean(),
  Image: t.string(),
  Volumes: t.record(t.object({})),
  WorkingDir: t.string(),
  Entrypoint: StringOrList,
  NetworkDisabled: t.boolean(),
  OnBuild: t.array(t.string()),
  Labels: t.record(t.string()),
  StopSignal: t.string(),
  StopTimeout: t.integer(),
  Shell: StringOrList,
  /** Of the first network; gone from 1.52. */
  MacAddress: t.string(),
});
export type ContainerConfig = t.Static<typeof ContainerConfig>;

export const EndpointIPAMConfig = t.partial({
  IPv4Address: t.string(),
  IPv6Address: t.string(),
  LinkLocalIPs: t.array(t.string()),
});
export type EndpointIPAMConfig = t.Static<typeof EndpointIPAMConfig>;

/** How a container joins a network. What the engine decides (addresses, IDs) is accepted and has no effect, as in Docker. */
export const EndpointConfig = t.partial({
  IPAMConfig: EndpointIPAMConfig,
  Links: t.array(t.string()),
  MacAddress: t.string(),
  Aliases: t.array(t.string()),
  DriverOpts: t.record(t.string()),
  GwPriority: t.integer(),
  NetworkID: t.string(),
  EndpointID: t.string(),
  Gateway: t.string(),
  IPAddress: t.string(),
  IPPrefixLen: t.integer(),
  IPv6Gateway: t.string(),
  GlobalIPv6Address: t.string(),
  GlobalIPv6PrefixLen: t.integer(),
  DNSNames: t.array(t.string()),
});
export type EndpointConfig = t.Static<typeof EndpointConfig>;
