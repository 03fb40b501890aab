import type {
  InspectAdditionalNetwork,
  InspectHostPort,
  InspectNetworkSettings,
} from '@selkie/contract/libpod/types/container-inspect';
import type { ContainerDetails } from '@selkie/engine/containers/details';
import type { ContainerRecord, Endpoint } from '@selkie/engine/containers/record';

const NONE = {
  EndpointID: '',
  Gateway: '',
  IPAddress: '',
  IPPrefixLen: 0,
  IPv6Gateway: '',
  GlobalIPv6Address: '',
  GlobalIPv6PrefixLen: 0,
  MacAddress: '',
};

export function presentNetworkSettings(record: ContainerRecord, details: ContainerDetails): InspectNetworkSettings {
  const live = record.state.pid > 0;
  const networks = networksOf(record, live);
  const [only] = record.endpoints;
  // Named at the top where there is no doubt which one is meant.
  const top = live && only !== undefined && record.endpoints.length === 1 ? addressesOf(only) : NONE;
  return {
    ...top,
    Bridge: '',
    SandboxID: '',
    HairpinMode: false,
    LinkLocalIPv6Address: '',
    LinkLocalIPv6PrefixLen: 0,
    Ports: portsOf(record, live),
    SandboxKey: live ? (details.networkNamespace ?? '') : '',
    Networks: networks,
  };
}

function networksOf(record: ContainerRecord, live: boolean): Record<string, InspectAdditionalNetwork> {
  const shortId = record.id.slice(0, 12);
  return Object.fromEntries(
    record.endpoints.map((endpoint) => [
      endpoint.networkName,
      {
        ...(live ? addressesOf(endpoint) : NONE),
        NetworkID: endpoint.networkId,
        DriverOpts: Object.keys(endpoint.driverOptions).length > 0 ? { ...endpoint.driverOptions } : null,
        IPAMConfig: null,
        Links: null,
        Aliases: [...new Set([...endpoint.aliases, shortId])],
      },
    ]),
  );
}

function addressesOf({ ipv4, ipv6, mac }: Endpoint): typeof NONE {
  return {
    EndpointID: '',
    Gateway: ipv4?.gateway ?? '',
    IPAddress: ipv4?.address ?? '',
    IPPrefixLen: ipv4?.prefix ?? 0,
    IPv6Gateway: ipv6?.gateway ?? '',
    GlobalIPv6Address: ipv6?.address ?? '',
    GlobalIPv6PrefixLen: ipv6?.prefix ?? 0,
    MacAddress: mac ?? '',
  };
}

/** `80/tcp` → where it is bound on the host; null for what is exposed only. Every address at once counts as one. */
function portsOf(record: ContainerRecord, live: boolean): Record<string, InspectHostPort[] | null> {
  if (!live) return {};
  const ports: Record<string, InspectHostPort[] | null> = Object.fromEntries(
    record.process.exposed.map((port) => [port, null]),
  );
  for (const { containerPort, protocol, hostIp, hostPort } of record.publishedPorts) {
    if (hostIp === '::') continue;
    const key = `${containerPort}/${protocol}`;
    ports[key] = [...(ports[key] ?? []), { HostIp: hostIp, HostPort: String(hostPort) }];
  }
  return ports;
}
