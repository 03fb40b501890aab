import * as t from '../../schema.ts';

export const RouteRequest = t.partial({ destination: t.string(), gateway: t.string(), metric: t.unsigned() });
export type RouteRequest = t.Static<typeof RouteRequest>;

export const LeaseRangeRequest = t.partial({ end_ip: t.string(), start_ip: t.string() });
export type LeaseRangeRequest = t.Static<typeof LeaseRangeRequest>;

export const SubnetRequest = t.partial({ gateway: t.string(), lease_range: LeaseRangeRequest, subnet: t.string() });
export type SubnetRequest = t.Static<typeof SubnetRequest>;

export const NetworkCreateRequest = t.partial({
  created: t.string(),
  dns_enabled: t.boolean(),
  driver: t.string(),
  id: t.string(),
  internal: t.boolean(),
  ipam_options: t.record(t.string()),
  ipv6_enabled: t.boolean(),
  labels: t.record(t.string()),
  name: t.string(),
  network_dns_servers: t.array(t.string()),
  network_interface: t.string(),
  options: t.record(t.string()),
  routes: t.array(RouteRequest),
  subnets: t.array(SubnetRequest),
});
export type NetworkCreateRequest = t.Static<typeof NetworkCreateRequest>;

export const NetworkConnectRequest = t.partial({
  aliases: t.array(t.string()),
  container: t.string(),
  interface_name: t.string(),
  options: t.record(t.string()),
  static_ips: t.array(t.string()),
  static_mac: t.string(),
});
export type NetworkConnectRequest = t.Static<typeof NetworkConnectRequest>;

export const NetworkDisconnectRequest = t.partial({ Container: t.string(), Force: t.boolean() });
export type NetworkDisconnectRequest = t.Static<typeof NetworkDisconnectRequest>;

export const NetworkUpdateRequest = t.partial({
  adddnsservers: t.array(t.string()),
  removednsservers: t.array(t.string()),
});
export type NetworkUpdateRequest = t.Static<typeof NetworkUpdateRequest>;

export const Route = t.object({ destination: t.string(), gateway: t.string(), metric: t.optional(t.unsigned()) });
export type Route = t.Static<typeof Route>;

export const LeaseRange = t.object({ end_ip: t.string(), start_ip: t.string() });
export type LeaseRange = t.Static<typeof LeaseRange>;

export const Subnet = t.object({ gateway: t.string(), lease_range: t.optional(LeaseRange), subnet: t.string() });
export type Subnet = t.Static<typeof Subnet>;

export const Network = t.object({
  created: t.string(),
  dns_enabled: t.boolean(),
  driver: t.string(),
  id: t.string(),
  internal: t.boolean(),
  ipam_options: t.optional(t.nullable(t.record(t.string()))),
  ipv6_enabled: t.boolean(),
  labels: t.optional(t.record(t.string())),
  name: t.string(),
  network_dns_servers: t.optional(t.array(t.string())),
  network_interface: t.optional(t.string()),
  options: t.optional(t.record(t.string())),
  routes: t.optional(t.array(Route)),
  subnets: t.optional(t.array(Subnet)),
});
export type Network = t.Static<typeof Network>;

export const NetAddress = t.object({ gateway: t.optional(t.string()), ipnet: t.string() });
export type NetAddress = t.Static<typeof NetAddress>;

export const NetInterface = t.object({ mac_address: t.string(), subnets: t.optional(t.array(NetAddress)) });
export type NetInterface = t.Static<typeof NetInterface>;

export const NetworkContainerInfo = t.object({ interfaces: t.record(NetInterface), name: t.string() });
export type NetworkContainerInfo = t.Static<typeof NetworkContainerInfo>;

export const NetworkInspectReport = t.object({
  containers: t.record(NetworkContainerInfo),
  created: t.string(),
  dns_enabled: t.boolean(),
  driver: t.string(),
  id: t.string(),
  internal: t.boolean(),
  ipam_options: t.optional(t.nullable(t.record(t.string()))),
  ipv6_enabled: t.boolean(),
  labels: t.optional(t.record(t.string())),
  name: t.string(),
  network_dns_servers: t.optional(t.array(t.string())),
  network_interface: t.optional(t.string()),
  options: t.optional(t.record(t.string())),
  routes: t.optional(t.array(Route)),
  subnets: t.optional(t.array(Subnet)),
});
export type NetworkInspectReport = t.Static<typeof NetworkInspectReport>;

export const NetworkRmReport = t.object({ Err: t.nullable(t.string()), Name: t.string() });
export type NetworkRmReport = t.Static<typeof NetworkRmReport>;

export const NetworkPruneReport = t.object({ Error: t.nullable(t.string()), Name: t.string() });
export type NetworkPruneReport = t.Static<typeof NetworkPruneReport>;
