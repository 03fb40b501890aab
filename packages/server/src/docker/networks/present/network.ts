import type { EndpointResource, NetworkInspect, NetworkSummary } from '@selkie/contract/docker/types/network-inspect';
import { compareVersions } from '@selkie/contract/versions';
import type { Engine } from '@selkie/engine';
import type { ContainerRecord } from '@selkie/engine/containers/record';
import { DEFAULT_NETWORK } from '@selkie/engine/networks/predefined';
import type { NetworkRecord } from '@selkie/engine/networks/record';
import { endpointId } from '../../containers/present/endpoints.ts';
import { presentIpam } from './ipam.ts';
import { presentStatus } from './status.ts';
import { networkWords } from './words.ts';

type Common = Omit<NetworkSummary, 'Containers'>;

/** A network in a list: its containers are there for old clients, an empty object for the next, nothing for new ones. */
export function presentSummary(network: NetworkRecord, engine: Engine, version: string): NetworkSummary {
  const common = presentCommon(network, version);
  if (compareVersions(version, '1.52') >= 0) return common;
  return { ...common, Containers: compareVersions(version, '1.28') < 0 ? containersOf(network, engine) : {} };
}

export function presentNetwork(network: NetworkRecord, engine: Engine, version: string): NetworkInspect {
  const leases = engine.networks.leases(network.id);
  return {
    ...presentCommon(network, version),
    Containers: containersOf(network, engine),
    ...(compareVersions(version, '1.52') >= 0 ? { Status: presentStatus(network, leases) } : {}),
  };
}

function presentCommon(network: NetworkRecord, version: string): Common {
  return {
    Name: networkWords.name(network),
    Id: network.id,
    Created: network.created,
    Scope: 'local',
    Driver: networkWords.driver(network),
    ...(compareVersions(version, '1.48') >= 0 ? { EnableIPv4: network.ipv4 } : {}),
    EnableIPv6: network.ipv6,
    IPAM: presentIpam(network),
    Internal: network.internal,
    Attachable: network.attachable,
    Ingress: false,
    ConfigFrom: { Network: '' },
    ConfigOnly: false,
    Options: network.name === DEFAULT_NETWORK ? defaultOptions(network) : { ...network.options },
    Labels: { ...network.labels },
  };
}

/** Scripts read the default bridge's name and settings from here. */
function defaultOptions({ interfaceName, mtu }: NetworkRecord): Record<string, string> {
  return {
    'com.docker.network.bridge.default_bridge': 'true',
    'com.docker.network.bridge.enable_icc': 'true',
    'com.docker.network.bridge.enable_ip_masquerade': 'true',
    'com.docker.network.bridge.host_binding_ipv4': '0.0.0.0',
    'com.docker.network.bridge.name': interfaceName,
    'com.docker.network.driver.mtu': String(mtu ?? 1500),
  };
}

/** Those that run. */
function containersOf(network: NetworkRecord, engine: Engine): Record<string, EndpointResource> {
  const running = engine.containers.all().filter(({ state }) => state.pid > 0);
  return Object.fromEntries(
    running.flatMap((record) => {
      const resource = endpointOf(record, network);
      return resource ? [[record.id, resource]] : [];
    }),
  );
}

function endpointOf(record: ContainerRecord, network: NetworkRecord): EndpointResource | undefined {
  const endpoint = record.endpoints.find(({ networkId }) => networkId === network.id);
  const bare = network.driver !== 'bridge' && record.definition.network.mode.kind === network.driver;
  if (!endpoint && !bare) return undefined;
  const block = (given: { address: string; prefix: number } | undefined) =>
    given ? `${given.address}/${given.prefix}` : '';
  return {
    Name: record.name,
    EndpointID: endpointId(record, network.id),
    MacAddress: endpoint?.mac ?? '',
    IPv4Address: block(endpoint?.ipv4),
    IPv6Address: block(endpoint?.ipv6),
  };
}
