import type { Endpoint } from '../containers/record.ts';
import type { EndpointPlan } from '../ports/network-driver.ts';
import { parseBlock } from './address.ts';
import type { Ipam } from './ipam.ts';
import { deriveMac } from './mac.ts';
import type { NetworkRecord, Subnet } from './record.ts';

/** An endpoint with addresses leased for it. @throws SelkieError INVALID_PARAMETER, ADDRESS_IN_USE, POOL_EXHAUSTED */
export function leaseEndpoint(ipam: Ipam, network: NetworkRecord, containerId: string, endpoint: Endpoint): Endpoint {
  const { requested } = endpoint;
  const leased = (family: 4 | 6, wanted: string | undefined): Endpoint['ipv4'] => {
    const subnet = network.subnets.find(({ subnet }) => subnet.includes(':') === (family === 6));
    if (!subnet) return undefined;
    return {
      address: ipam.lease(network, subnet, containerId, wanted),
      prefix: prefixOf(subnet),
      ...gatewayOf(network, subnet),
    };
  };
  const { ipv4: _v4, ipv6: _v6, ...rest } = endpoint;
  const ipv4 = leased(4, requested.ipv4);
  const ipv6 = leased(6, requested.ipv6);
  const mac = requested.mac ?? deriveMac(containerId, network.id);
  return { ...rest, mac, ...(ipv4 && { ipv4 }), ...(ipv6 && { ipv6 }) };
}

/** Completes endpoints with their networks; the first that leads outside carries the default routes. */
export function toPlans(endpoints: readonly (readonly [Endpoint, NetworkRecord])[]): EndpointPlan[] {
  const leads = endpoints.findIndex(([, { internal, defaultRoute }]) => !internal && defaultRoute !== false);
  return endpoints.map(([endpoint, network], i) => ({ ...endpoint, network, primary: i === Math.max(leads, 0) }));
}

function prefixOf({ subnet }: Subnet): number {
  return parseBlock(subnet)?.prefix ?? 0;
}

/** An internal network's bridge has an address, but it leads nowhere. */
function gatewayOf({ internal }: NetworkRecord, { gateway }: Subnet): { gateway?: string } {
  return internal || gateway === undefined ? {} : { gateway };
}
