import { isIP } from 'node:net';
import type { PerNetworkOptions, SpecGenerator } from '@selkie/contract/libpod/types/spec-generator';
import type {
  EndpointRequest,
  NetworkAttachments,
  NetworkMode,
  PortMapping,
} from '@selkie/engine/containers/definition';
import { DEFAULT_NETWORK } from '@selkie/engine/networks/predefined';
import { invalid, unsupported } from '../../../translate/refuse.ts';

export function networkAttachments(spec: SpecGenerator): NetworkAttachments {
  if (Object.keys(spec.network_options ?? {}).length > 0)
    unsupported('network_options', 'they belong to rootless networking');
  const mode = networkMode(spec);
  return {
    mode,
    endpoints: mode.kind === 'bridge' ? endpoints(spec) : {},
    ports: (spec.portmappings ?? []).flatMap(portMapping),
    exposed: Object.entries(spec.expose ?? {}).flatMap(([port, protocols]) =>
      (protocols || 'tcp').split(',').map((protocol) => `${port}/${protocol}`),
    ),
    publishAll: spec.publish_image_ports ?? false,
  };
}

function networkMode(spec: SpecGenerator): NetworkMode {
  const { nsmode = '', value = '' } = spec.netns ?? {};
  switch (nsmode) {
    case '':
    case 'default':
    case 'private':
    case 'bridge':
      return { kind: 'bridge' };
    case 'host':
    case 'none':
      return { kind: nsmode };
    case 'container':
      return { kind: 'container', container: value || invalid('netns names no container') };
    case 'path':
      return { kind: 'path', path: value };
    default:
      return unsupported(`netns ${nsmode}`, 'bridge, host, none, container and path are there');
  }
}

function endpoints(spec: SpecGenerator): Record<string, EndpointRequest> {
  const named: [string, EndpointRequest][] = [
    ...Object.entries(spec.Networks ?? {}).map(([name, options]): [string, EndpointRequest] => [
      networkName(name),
      endpoint(options),
    ]),
    ...(spec.cni_networks ?? []).map((name): [string, EndpointRequest] => [networkName(name), { aliases: [] }]),
  ];
  return named.length > 0 ? Object.fromEntries(named) : { [DEFAULT_NETWORK]: { aliases: [] } };
}

function networkName(name: string): string {
  return name === 'default' ? DEFAULT_NETWORK : name;
}

/** What a spec or a connect call says of one network. */
export function endpoint(options: PerNetworkOptions): EndpointRequest {
  const addresses = options.static_ips ?? [];
  const of = (family: 4 | 6) => {
    const matching = addresses.filter((address) => isIP(address) === family);
    if (matching.length > 1) unsupported('several static addresses of one family', 'one is there');
    return matching[0];
  };
  const bad = addresses.find((address) => isIP(address) === 0);
  if (bad !== undefined) invalid(`invalid static address: ${bad}`);
  const [ipv4, ipv6] = [of(4), of(6)];
  return {
    aliases: options.aliases ?? [],
    ...(ipv4 ? { ipv4 } : {}),
    ...(ipv6 ? { ipv6 } : {}),
    ...(options.static_mac ? { mac: options.static_mac } : {}),
    ...(options.interface_name ? { interfaceName: options.interface_name } : {}),
    ...(options.options ? { driverOptions: options.options } : {}),
  };
}

type Mapping = NonNullable<SpecGenerator['portmappings']>[number];

/** `protocol` may name several, separated by commas. */
function portMapping({ container_port, host_ip, host_port, protocol, range }: Mapping): PortMapping[] {
  return (protocol || 'tcp').split(',').map((word) => {
    if (word !== 'tcp' && word !== 'udp' && word !== 'sctp') invalid(`unknown protocol: ${word}`);
    return {
      protocol: word,
      containerPort: container_port || invalid('a port mapping needs container_port'),
      range: range || 1,
      ...(host_port ? { hostPort: host_port } : {}),
      ...(host_ip ? { hostIp: host_ip } : {}),
    };
  });
}
