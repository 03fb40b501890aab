import * as t from '../../schema.ts';
import { EndpointIPAMConfig } from './container-config.ts';

/** A container's place in one network. */
export const EndpointSettings = t.object({
  IPAMConfig: t.nullable(EndpointIPAMConfig),
  Links: t.nullable(t.array(t.string())),
  MacAddress: t.string(),
  Aliases: t.nullable(t.array(t.string())),
  DriverOpts: t.nullable(t.record(t.string())),
  GwPriority: t.optional(t.integer()),
  NetworkID: t.string(),
  EndpointID: t.string(),
  Gateway: t.string(),
  IPAddress: t.string(),
  IPPrefixLen: t.integer(),
  IPv6Gateway: t.string(),
  GlobalIPv6Address: t.string(),
  GlobalIPv6PrefixLen: t.integer(),
  DNSNames: t.optional(t.nullable(t.array(t.string()))),
});
export type EndpointSettings = t.Static<typeof EndpointSettings>;
