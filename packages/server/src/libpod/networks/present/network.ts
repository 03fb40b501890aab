import type { Network, Subnet } from '@selkie/contract/libpod/types/networks';
import type { NetworkRecord, Subnet as SubnetRecord } from '@selkie/engine/networks/record';

export function presentNetwork(network: NetworkRecord): Network {
  const { subnets, labels, options, routes, dnsServers } = network;
  return {
    name: network.name,
    id: network.id,
    driver: network.driver,
    network_interface: network.interfaceName,
    created: network.created,
    ...(subnets.length > 0 ? { subnets: subnets.map(presentSubnet) } : {}),
    ...(routes.length > 0 ? { routes: [...routes] } : {}),
    ipv6_enabled: network.ipv6,
    internal: network.internal,
    dns_enabled: network.dns,
    ...(dnsServers.length > 0 ? { network_dns_servers: [...dnsServers] } : {}),
    ...(Object.keys(labels).length > 0 ? { labels: { ...labels } } : {}),
    ...(Object.keys(options).length > 0 ? { options: { ...options } } : {}),
    ipam_options: { driver: 'host-local', ...network.ipamOptions },
  };
}

function presentSubnet({ subnet, gateway, range }: SubnetRecord): Subnet {
  return {
    subnet,
    gateway: gateway ?? '',
    ...(range ? { lease_range: { start_ip: range.start, end_ip: range.end } } : {}),
  };
}
