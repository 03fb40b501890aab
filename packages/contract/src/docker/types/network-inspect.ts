import * as t from '../../schema.ts';

export const IPAMConfig = t.object({
  Subnet: t.string(),
  IPRange: t.optional(t.string()),
  Gateway: t.optional(t.string()),
  AuxiliaryAddresses: t.optional(t.record(t.string())),
});
export type IPAMConfig = t.Static<typeof IPAMConfig>;

export const IPAM = t.object({
  Driver: t.string(),
  Config: t.nullable(t.array(IPAMConfig)),
  Options: t.nullable(t.record(t.string())),
});
export type IPAM = t.Static<typeof IPAM>;

export const ConfigReference = t.object({ Network: t.string() });
export type ConfigReference = t.Static<typeof ConfigReference>;

export const PeerInfo = t.object({ Name: t.string(), IP: t.string() });
export type PeerInfo = t.Static<typeof PeerInfo>;

export const EndpointResource = t.object({
  Name: t.string(),
  EndpointID: t.string(),
  MacAddress: t.string(),
  IPv4Address: t.string(),
  IPv6Address: t.string(),
});
export type EndpointResource = t.Static<typeof EndpointResource>;

export const SubnetStatus = t.object({ IPsInUse: t.unsigned(), DynamicIPsAvailable: t.unsigned() });
export type SubnetStatus = t.Static<typeof SubnetStatus>;

export const IPAMStatus = t.object({ Subnets: t.record(SubnetStatus) });
export type IPAMStatus = t.Static<typeof IPAMStatus>;

export const NetworkStatus = t.object({ IPAM: IPAMStatus });
export type NetworkStatus = t.Static<typeof NetworkStatus>;

export const NetworkInspect = t.object({
  Name: t.string(),
  Id: t.string(),
  Created: t.string(),
  Scope: t.string(),
  Driver: t.string(),
  EnableIPv4: t.optional(t.boolean()),
  EnableIPv6: t.boolean(),
  IPAM: IPAM,
  Internal: t.boolean(),
  Attachable: t.boolean(),
  Ingress: t.boolean(),
  ConfigFrom: ConfigReference,
  ConfigOnly: t.boolean(),
  Options: t.record(t.string()),
  Labels: t.record(t.string()),
  Peers: t.optional(t.array(PeerInfo)),
  Containers: t.record(EndpointResource),
  Services: t.optional(t.record(t.unknown())),
  Status: t.optional(NetworkStatus),
});
export type NetworkInspect = t.Static<typeof NetworkInspect>;

export const NetworkSummary = t.object({
  Name: t.string(),
  Id: t.string(),
  Created: t.string(),
  Scope: t.string(),
  Driver: t.string(),
  EnableIPv4: t.optional(t.boolean()),
  EnableIPv6: t.boolean(),
  IPAM: IPAM,
  Internal: t.boolean(),
  Attachable: t.boolean(),
  Ingress: t.boolean(),
  ConfigFrom: ConfigReference,
  ConfigOnly: t.boolean(),
  Options: t.record(t.string()),
  Labels: t.record(t.string()),
  Peers: t.optional(t.array(PeerInfo)),
  Containers: t.optional(t.record(EndpointResource)),
});
export type NetworkSummary = t.Static<typeof NetworkSummary>;
