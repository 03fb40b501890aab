import type { EndpointConfig } from '@selkie/contract/docker/types/container-config';
import type { ContainerCreateRequest } from '@selkie/contract/docker/types/container-create';
import type { PortMap } from '@selkie/contract/docker/types/host-config';
import type {
  EndpointRequest,
  NetworkAttachments,
  NetworkMode,
  PortMapping,
} from '@selkie/engine/containers/definition';
import { invalid, unsupported } from '../../../translate/refuse.ts';
import { engineNetwork } from '../present/names.ts';

export function networkAttachments(body: ContainerCreateRequest): NetworkAttachments {
  const host = body.HostConfig ?? {};
  const configured = body.NetworkingConfig?.EndpointsConfig ?? {};
  const named = body.NetworkDisabled ? 'none' : (host.NetworkMode ?? '');
  const mode = networkMode(named);
  if (host.Links?.length) unsupported('HostConfig.Links', 'not delivered yet');
  const endpoints = mode.kind === 'bridge' ? bridgeEndpoints(named, configured, body.MacAddress) : {};
  return {
    mode,
    endpoints,
    ports: portMappings(host.PortBindings ?? {}),
    exposed: Object.keys(body.ExposedPorts ?? {}),
    publishAll: host.PublishAllPorts ?? false,
  };
}

function networkMode(name: string): NetworkMode {
  if (name === 'host' || name === 'none') return { kind: name };
  if (name.startsWith('container:')) return { kind: 'container', container: name.slice('container:'.length) };
  return { kind: 'bridge' };
}

/** As a create body names it. */
function networkName(name: string): string {
  return engineNetwork(name === '' || name === 'default' ? 'bridge' : name);
}

function bridgeEndpoints(
  mode: string,
  configured: Readonly<Record<string, EndpointConfig>>,
  mac: string | undefined,
): Record<string, EndpointRequest> {
  const primary = networkName(mode);
  const endpoints = new Map<string, EndpointRequest>([[primary, endpoint({})]]);
  for (const [name, config] of Object.entries(configured)) endpoints.set(networkName(name), endpoint(config));
  const first = endpoints.get(primary);
  if (mac && first && first.mac === undefined) endpoints.set(primary, { ...first, mac });
  return Object.fromEntries(endpoints);
}

/** What a create body or a connect call says of one network. */
export function endpoint(config: EndpointConfig): EndpointRequest {
  if (config.Links?.length) unsupported('EndpointsConfig.Links', 'not delivered yet');
  if (config.IPAMConfig?.LinkLocalIPs?.length) unsupported('IPAMConfig.LinkLocalIPs', 'not delivered yet');
  const { IPv4Address, IPv6Address } = config.IPAMConfig ?? {};
  return {
    aliases: config.Aliases ?? [],
    ...(IPv4Address ? { ipv4: IPv4Address } : {}),
    ...(IPv6Address ? { ipv6: IPv6Address } : {}),
    ...(config.MacAddress ? { mac: config.MacAddress } : {}),
    ...(config.DriverOpts ? { driverOptions: config.DriverOpts } : {}),
    ...(config.GwPriority ? { gatewayPriority: config.GwPriority } : {}),
  };
}

function portMappings(bindings: PortMap): PortMapping[] {
  return Object.entries(bindings).flatMap(([port, hosts]) => {
    const { containerPort, protocol } = parsePort(port);
    // An entry without bindings publishes on a free port, as an empty host port does.
    return (hosts.length > 0 ? hosts : [{}]).map(({ HostIp, HostPort }) => ({
      protocol,
      containerPort,
      range: 1,
      ...hostPort(HostPort),
      ...(HostIp ? { hostIp: HostIp } : {}),
    }));
  });
}

function parsePort(port: string): { containerPort: number; protocol: 'tcp' | 'udp' | 'sctp' } {
  const match = /^(\d+)(?:\/(tcp|udp|sctp))?$/i.exec(port);
  const protocol = match?.[2]?.toLowerCase() ?? 'tcp';
  if (!match || (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp'))
    invalid(`invalid port specification: "${port}"`);
  return { containerPort: Number(match[1]), protocol };
}

function hostPort(text: string | undefined): { hostPort?: number } {
  if (text === undefined || text === '' || text === '0') return {};
  if (!/^\d+(-\d+)?$/.test(text)) invalid(`invalid port specification: "${text}"`);
  if (text.includes('-')) unsupported(`a range as host port ("${text}")`, 'name one port, or none for a free one');
  return { hostPort: Number(text) };
}
