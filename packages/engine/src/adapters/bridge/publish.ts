import { SelkieError } from '@selkie/contract';
import type { PublishedPort } from '../../containers/record.ts';
import { formatAddress, parseAddress } from '../../networks/address.ts';
import type { EndpointPlan } from '../../ports/network-driver.ts';
import type { Element } from './ruleset.ts';

/**
 * The forwarding entries of a container's published ports.
 * @throws SelkieError INVALID_PARAMETER, UNSUPPORTED
 */
export function portElements(endpoints: readonly EndpointPlan[], ports: readonly PublishedPort[]): Element[] {
  return ports.map(({ protocol, containerPort, hostIp, hostPort }) => {
    const host = parseAddress(hostIp);
    if (!host) throw new SelkieError('INVALID_PARAMETER', { reason: `invalid host IP address: ${hostIp}` });
    const target = targetAddress(endpoints, host.family);
    if (target === undefined) {
      const reason = `the container has no IPv${host.family} address`;
      throw new SelkieError('UNSUPPORTED', { what: `publishing on ${hostIp} port ${hostPort}`, reason });
    }
    const service = `${protocol} . ${hostPort}`;
    const value = `${target} . ${containerPort}`;
    return host.value === 0n
      ? { set: `any${host.family}`, key: service, value }
      : { set: `one${host.family}`, key: `${formatAddress(host)} . ${service}`, value };
  });
}

/** Where forwarded traffic goes: the endpoint with the default route, so answers come back this way, else one that reaches the outside. */
function targetAddress(endpoints: readonly EndpointPlan[], family: 4 | 6): string | undefined {
  const reachable = endpoints.filter((endpoint) => addressOf(endpoint, family) !== undefined);
  const best =
    reachable.find(({ primary }) => primary) ?? reachable.find(({ network }) => !network.internal) ?? reachable[0];
  return best && addressOf(best, family);
}

function addressOf(endpoint: EndpointPlan, family: 4 | 6): string | undefined {
  return (family === 4 ? endpoint.ipv4 : endpoint.ipv6)?.address;
}
