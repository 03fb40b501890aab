import { UsageError } from '../failure.ts';
import { namespace } from './namespaces.ts';
import { parsePublish } from './publish.ts';
import type { ContainerOptions, Spec } from './spec.ts';
import { given, pair } from './text.ts';

type Endpoint = NonNullable<Spec['Networks']>[string];

/** Words that name no network but a way to have one. */
const MODES = ['host', 'none', 'container', 'ns', 'private', 'pasta', 'slirp4netns'];

export function networkFields(options: ContainerOptions): Spec {
  return {
    portmappings: given(options.publish.flatMap(parsePublish)),
    publish_image_ports: options['publish-all'] || undefined,
    expose: exposed(options.expose),
    dns_server: given(options.dns),
    dns_search: given(options['dns-search']),
    dns_option: given(options['dns-option']),
    hostadd: given(options['add-host']),
    use_image_hosts: options['no-hosts'] || undefined,
    ...attachments(options),
  };
}

function attachments(options: ContainerOptions): Spec {
  const [first] = options.network;
  const common = commonEndpoint(options);
  if (first !== undefined && MODES.includes(first.split(':')[0] ?? '')) {
    if (options.network.length > 1) throw new UsageError(`--network ${first} cannot be combined with another network`);
    if (Object.keys(common).length > 0) {
      throw new UsageError(`--ip, --ip6, --mac-address and --network-alias need a network, not --network ${first}`);
    }
    return { netns: namespace('--network', first) };
  }
  const networks = options.network.length > 0 ? options.network : Object.keys(common).length > 0 ? ['default'] : [];
  if (networks.length === 0) return {};
  if (networks.length > 1 && (common.static_ips ?? common.static_mac)) {
    throw new UsageError('--ip, --ip6 and --mac-address are for one network', 'Use --network NAME:ip=ADDRESS');
  }
  return {
    netns: { nsmode: 'bridge' },
    Networks: Object.fromEntries(networks.map((network) => namedEndpoint(network, common))),
  };
}

function commonEndpoint(options: ContainerOptions): Endpoint {
  const addresses = [options.ip, options.ip6].filter((address) => address !== undefined);
  return {
    ...(addresses.length > 0 && { static_ips: addresses }),
    ...(options['mac-address'] !== undefined && { static_mac: options['mac-address'] }),
    ...(options['network-alias'].length > 0 && { aliases: [...options['network-alias']] }),
  };
}

/** `NAME[:ip=ADDRESS,mac=ADDRESS,alias=NAME,interface_name=NAME]`; `bridge` is the default network. */
function namedEndpoint(text: string, common: Endpoint): [name: string, endpoint: Endpoint] {
  const colon = text.indexOf(':');
  const name = colon === -1 ? text : text.slice(0, colon);
  const endpoint = { ...common };
  for (const [key, value] of colon === -1
    ? []
    : text
        .slice(colon + 1)
        .split(',')
        .map(pair)) {
    switch (key) {
      case 'ip':
      case 'ip6':
        endpoint.static_ips = [...(endpoint.static_ips ?? []), value];
        break;
      case 'mac':
        endpoint.static_mac = value;
        break;
      case 'alias':
        endpoint.aliases = [...(endpoint.aliases ?? []), value];
        break;
      case 'interface_name':
        endpoint.interface_name = value;
        break;
      default:
        throw new UsageError(`invalid network option: ${key}`, 'There are ip, ip6, mac, alias and interface_name');
    }
  }
  return [name === 'bridge' ? 'default' : name, endpoint];
}

function exposed(texts: readonly string[]): Record<string, string> | undefined {
  if (texts.length === 0) return undefined;
  const ports: Record<string, string> = {};
  for (const { container_port: first = 0, range = 1, protocol = 'tcp' } of texts.flatMap(parsePublish)) {
    for (let port = first; port < first + range; port++)
      ports[port] = [ports[port], protocol].filter(Boolean).join(',');
  }
  return ports;
}
