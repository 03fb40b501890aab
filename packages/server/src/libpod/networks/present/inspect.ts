import type {
  NetAddress,
  NetInterface,
  NetworkContainerInfo,
  NetworkInspectReport,
} from '@selkie/contract/libpod/types/networks';
import type { ContainerRecord, Endpoint } from '@selkie/engine/containers/record';
import type { NetworkRecord } from '@selkie/engine/networks/record';
import { presentNetwork } from './network.ts';

/** A network with the containers that run on it. */
export function presentInspect(network: NetworkRecord, containers: readonly ContainerRecord[]): NetworkInspectReport {
  const running = containers.filter(({ state }) => state.pid > 0);
  const attached = running.flatMap((record): [string, NetworkContainerInfo][] => {
    const endpoint = record.endpoints.find(({ networkId }) => networkId === network.id);
    if (!endpoint) return [];
    return [[record.id, { name: record.name, interfaces: { [endpoint.interfaceName]: presentInterface(endpoint) } }]];
  });
  return { ...presentNetwork(network), containers: Object.fromEntries(attached) };
}

function presentInterface({ mac, ipv4, ipv6 }: Endpoint): NetInterface {
  const subnets = [ipv4, ipv6].flatMap((given): NetAddress[] =>
    given ? [{ ipnet: `${given.address}/${given.prefix}`, ...(given.gateway ? { gateway: given.gateway } : {}) }] : [],
  );
  return { mac_address: mac ?? '', ...(subnets.length > 0 ? { subnets } : {}) };
}
