import { SelkieError } from '@selkie/contract';
import { parseAddress } from './address.ts';
import type { NetworkRecord } from './record.ts';

type Settings = Partial<
  Pick<
    NetworkRecord,
    'mtu' | 'isolate' | 'interfaceName' | 'masquerade' | 'interContainer' | 'defaultRoute' | 'metric' | 'hostBinding'
  >
>;

type Read = (value: string, name: string) => Settings;

const mtu: Read = (value, name) => {
  const size = integer(value, name);
  if (size === 0) return {};
  if (size < 68 || size > 65535) refuse(value, name);
  return { mtu: size };
};

const OPTIONS: Readonly<Record<string, Read>> = {
  mtu,
  'com.docker.network.driver.mtu': mtu,
  isolate: (value, name) => ({ isolate: boolean(value, name) }),
  metric: (value, name) => ({ metric: integer(value, name) }),
  no_default_route: (value, name) => ({ defaultRoute: !boolean(value, name) }),
  mode: (value, name) => (value === 'managed' ? {} : refuse(value, name)),
  'com.docker.network.bridge.name': (value) => ({ interfaceName: value }),
  'com.docker.network.bridge.enable_ip_masquerade': (value, name) => ({ masquerade: boolean(value, name) }),
  'com.docker.network.bridge.enable_icc': (value, name) => ({ interContainer: boolean(value, name) }),
  'com.docker.network.bridge.host_binding_ipv4': (value, name) => {
    if (parseAddress(value)?.family !== 4) refuse(value, name);
    return { hostBinding: value };
  },
};

/** Reads driver options. @throws SelkieError INVALID_PARAMETER for a name or value the bridge driver does not have */
export function readOptions(options: Readonly<Record<string, string>>): Settings {
  return Object.assign(
    {},
    ...Object.entries(options).map(([name, value]) => {
      const read = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
      if (!read) throw new SelkieError('INVALID_PARAMETER', { reason: `unsupported bridge network option ${name}` });
      return read(value, name);
    }),
  );
}

function boolean(value: string, name: string): boolean {
  if (['1', 't', 'true'].includes(value.toLowerCase())) return true;
  if (['0', 'f', 'false'].includes(value.toLowerCase())) return false;
  return refuse(value, name);
}

function integer(value: string, name: string): number {
  return /^\d{1,9}$/.test(value) ? Number(value) : refuse(value, name);
}

function refuse(value: string, name: string): never {
  throw new SelkieError('INVALID_PARAMETER', { reason: `invalid value "${value}" of network option ${name}` });
}
