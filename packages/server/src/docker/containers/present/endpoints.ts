import { createHash } from 'node:crypto';
import type { EndpointSettings } from '@selkie/contract/docker/types/endpoint';
import { compareVersions } from '@selkie/contract/versions';
import type { ContainerRecord, Endpoint } from '@selkie/engine/containers/record';
import { networkName, orNull } from './names.ts';

/** A container's networks, as list and inspect show them. */
export function presentNetworks(record: ContainerRecord, version: string): Record<string, EndpointSettings> {
  const { mode } = record.definition.network;
  if (mode.kind === 'host' || mode.kind === 'none') return { [mode.kind]: present(record, undefined, version) };
  return Object.fromEntries(
    record.endpoints.map((endpoint) => [networkName(endpoint.networkName), present(record, endpoint, version)]),
  );
}

/** An ID of its own for a container's place in a network, the same every time. */
export function endpointId(record: ContainerRecord, networkId: string): string {
  return createHash('sha256').update(`${record.id} ${networkId}`).digest('hex');
}

function present(record: ContainerRecord, endpoint: Endpoint | undefined, version: string): EndpointSettings {
  const live = record.state.pid > 0;
  const requested = endpoint?.requested;
  const aliases = endpoint?.aliases ?? [];
  const shortId = record.id.slice(0, 12);
  const withNames = compareVersions(version, '1.44') >= 0;
  const dnsNames = endpoint === undefined ? [] : [...new Set([record.name, ...aliases, shortId])];
  return {
    IPAMConfig:
      requested?.ipv4 || requested?.ipv6
        ? {
            ...(requested.ipv4 ? { IPv4Address: requested.ipv4 } : {}),
            ...(requested.ipv6 ? { IPv6Address: requested.ipv6 } : {}),
          }
        : null,
    Links: null,
    MacAddress: (live ? endpoint?.mac : undefined) ?? requested?.mac ?? '',
    Aliases: orNull(compareVersions(version, '1.45') >= 0 || endpoint === undefined ? aliases : [...aliases, shortId]),
    DriverOpts: endpoint && Object.keys(endpoint.driverOptions).length > 0 ? { ...endpoint.driverOptions } : null,
    ...(compareVersions(version, '1.48') >= 0 ? { GwPriority: endpoint?.gatewayPriority ?? 0 } : {}),
    NetworkID: endpoint?.networkId ?? '',
    EndpointID: live && endpoint ? endpointId(record, endpoint.networkId) : '',
    Gateway: (live && endpoint?.ipv4?.gateway) || '',
    IPAddress: (live && endpoint?.ipv4?.address) || '',
    IPPrefixLen: (live && endpoint?.ipv4?.prefix) || 0,
    IPv6Gateway: (live && endpoint?.ipv6?.gateway) || '',
    GlobalIPv6Address: (live && endpoint?.ipv6?.address) || '',
    GlobalIPv6PrefixLen: (live && endpoint?.ipv6?.prefix) || 0,
    ...(withNames ? { DNSNames: orNull(dnsNames) } : {}),
  };
}
