import type {
  NetworkCreateRequest,
  RouteRequest,
  SubnetRequest as Subnet,
} from '@selkie/contract/libpod/types/networks';
import type { NetworkDefinition, SubnetRequest } from '@selkie/engine/networks/definition';
import { invalid } from '../../translate/refuse.ts';

/** libpod's create body in the engine's words. `created` is the service's to say: clients send Go's zero time. @throws SelkieError INVALID_PARAMETER */
export function networkDefinition(body: NetworkCreateRequest): NetworkDefinition {
  if (body.id) invalid('the service gives a network its ID');
  const { driver: ipamDriver, ...ipamOptions } = body.ipam_options ?? {};
  return {
    ...(body.name ? { name: body.name } : {}),
    ...(body.driver ? { driver: body.driver } : {}),
    subnets: (body.subnets ?? []).map(subnetRequest),
    ...(body.ipv6_enabled ? { ipv6: true } : {}),
    internal: body.internal ?? false,
    dns: body.dns_enabled ?? false,
    dnsServers: body.network_dns_servers ?? [],
    ...(body.network_interface ? { interfaceName: body.network_interface } : {}),
    labels: body.labels ?? {},
    options: body.options ?? {},
    ...(ipamDriver ? { ipamDriver } : {}),
    ipamOptions,
    routes: (body.routes ?? []).map(route),
  };
}

function subnetRequest({ subnet, gateway, lease_range }: Subnet): SubnetRequest {
  const { start_ip: start, end_ip: end } = lease_range ?? {};
  return {
    ...(subnet ? { subnet } : {}),
    ...(gateway ? { gateway } : {}),
    ...(start || end ? { range: { ...(start ? { start } : {}), ...(end ? { end } : {}) } } : {}),
  };
}

function route({ destination, gateway, metric }: RouteRequest): NonNullable<NetworkDefinition['routes']>[number] {
  return {
    destination: destination || invalid('a route needs a destination'),
    gateway: gateway || invalid('a route needs a gateway'),
    ...(metric === undefined ? {} : { metric }),
  };
}
