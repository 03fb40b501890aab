import { newNetworkId } from './id.ts';
import type { NetworkRecord } from './record.ts';

/** The network a container joins where it names none: libpod's name for it; Docker's adapter calls it `bridge`. */
export const DEFAULT_NETWORK = 'podman';

/** Interface of the default network, where no other service on this host has taken it. */
export const DEFAULT_INTERFACE = 'selkie0';

const PREDEFINED = [DEFAULT_NETWORK, 'host', 'none'];

/** Network modes: a network of that name could not be told from them. */
const MODES = ['bridge', 'container', 'default', 'host', 'none', 'ns', 'pasta', 'pod', 'private', 'slirp4netns'];

export function isPredefined({ name }: NetworkRecord): boolean {
  return PREDEFINED.includes(name);
}

export function isMode(name: string): boolean {
  return MODES.includes(name);
}

/** The networks without interfaces: the host's own and no network at all. */
export function placeholder(name: 'host' | 'none', created: string): NetworkRecord {
  return {
    id: newNetworkId(),
    name,
    driver: name,
    created,
    interfaceName: '',
    subnets: [],
    ipv4: false,
    ipv6: false,
    internal: false,
    dns: false,
    dnsServers: [],
    attachable: false,
    isolate: false,
    labels: {},
    options: {},
    ipamOptions: {},
    routes: [],
  };
}
