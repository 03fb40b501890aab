import { SelkieError } from '@selkie/contract';
import type { PublishedPort } from '../../containers/record.ts';
import { formatAddress, parseAddress } from '../../networks/address.ts';
import type { EndpointPlan } from '../../ports/network-driver.ts';
import type { Element } from './ruleset.ts';

/**
 * The forwarding entries of a container's published ports. A port published on every address is forwarded in the families the container
 * has; the packet filter cannot lead IPv6 to IPv4.
 * @throws SelkieError INVALID_PARAMETER, UNSUPPORTED
 */
export function portElements(endpoints: readonly EndpointPlan[], ports: readonly PublishedPort[]): Element[] {
  return ports.flatMap((port) => {
    const { protocol, containerPort, hostIp, hostPort } = port;
    const host = parseAddress(hostIp);
    if (!host) throw new SelkieError('INVALID_PARAMETER', { reason: `invalid host IP address: ${hostIp}` });
    if (host.family === 6 && host.value === 1n) {
      const reason = 'the kernel forwards no packets of the IPv6 loopback';
      throw new SelkieError('UNSUPPORTED', { what: `publishing on ::1 port ${hostPort}`, reason });
    }
    const target = targetAddress(endpoints, host.family);
    if (target === undefined) {
      if (host.value === 0n && ports.some((other) => isCounterpart(port, other))) return [];
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

/** The same port on every address of the other family. */
function isCounterpart(port: PublishedPort, other: PublishedPort): boolean {
  return (
    other !== port &&
    other.protocol === port.protocol &&
    other.hostPort === port.hostPort &&
    other.containerPort === port.containerPort &&
    other.hostIp.includes(':') !== port.hostIp.includes(':') &&
    parseAddress(other.hostIp)?.value === 0n
  );
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
