import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { EndpointPlan } from '../ports/network-driver.ts';
import type { ContainerRecord } from './record.ts';
import { defaultsOf } from './spec/defaults.ts';
import type { ContainerFiles } from './spec/input.ts';

/** The name a container calls itself. */
export function hostnameOf({ id, definition }: Pick<ContainerRecord, 'id' | 'definition'>): string {
  if (definition.hostname) return definition.hostname;
  const hostsOwn = definition.network.mode.kind === 'host' || definition.namespaces.uts.kind === 'host';
  return hostsOwn ? hostname() : id.slice(0, 12);
}

/** Where a running container's hosts, hostname and resolv.conf are on the host. */
export function filesDirectory(bundle: string): string {
  return join(bundle, 'files');
}

/** Writes /etc/hosts, /etc/hostname and /etc/resolv.conf of a container about to start. */
export function writeContainerFiles(
  bundle: string,
  record: ContainerRecord,
  endpoints: readonly EndpointPlan[],
): ContainerFiles {
  const directory = filesDirectory(bundle);
  mkdirSync(directory, { recursive: true });
  const write = (name: string, content: string) => {
    const path = join(directory, name);
    writeFileSync(path, content, { mode: 0o644 });
    return path;
  };
  const { hosts } = record.definition;
  return {
    ...(hosts.manageHosts ? { hosts: write('hosts', hostsFile(record, endpoints)) } : {}),
    ...(hosts.manageHostname ? { hostname: write('hostname', `${hostnameOf(record)}\n`) } : {}),
    ...(defaultsOf(record.definition).containerEnv ? { containerEnv: write('containerenv', '') } : {}),
    ...(hosts.manageResolv ? { resolvConf: write('resolv.conf', resolvConf(record, endpoints)) } : {}),
  };
}

export function hostsFile(record: ContainerRecord, endpoints: readonly EndpointPlan[]): string {
  const lines = ['127.0.0.1\tlocalhost', '::1\tlocalhost ip6-localhost ip6-loopback'];
  const gateway = hostGateway(endpoints);
  for (const entry of record.definition.hosts.extraHosts) {
    const [, name = '', address = ''] = /^([^:=]+)[:=](.+)$/.exec(entry) ?? [];
    const target = address === 'host-gateway' ? gateway : address.replace(/^\[(.*)\]$/, '$1');
    lines.push(`${target}\t${name}`);
  }
  if (endpoints.length > 0) lines.push(`${gateway}\thost.containers.internal host.docker.internal`);
  const own = hostnameOf(record);
  const qualified = record.definition.domainname ? `${own}.${record.definition.domainname} ${own}` : own;
  for (const { ipv4, ipv6 } of endpoints) {
    for (const address of [ipv4?.address, ipv6?.address])
      if (address) lines.push(`${address}\t${qualified} ${record.name}`);
  }
  if (record.definition.network.mode.kind === 'host') lines.push(`127.0.1.1\t${qualified}`);
  return `${lines.join('\n')}\n`;
}

function hostGateway(endpoints: readonly EndpointPlan[]): string {
  const primary = endpoints.find((endpoint) => endpoint.primary) ?? endpoints[0];
  return primary?.ipv4?.gateway ?? primary?.ipv6?.gateway ?? '127.0.0.1';
}

export function resolvConf(
  record: ContainerRecord,
  endpoints: readonly EndpointPlan[],
  host = hostResolvConf(),
): string {
  const { dns, dnsSearch, dnsOptions } = record.definition.hosts;
  const ownResolvers = endpoints
    .filter((endpoint) => endpoint.network.dns)
    .flatMap(({ ipv4, ipv6 }) => [ipv4?.gateway, ipv6?.gateway].filter((address) => address !== undefined));
  const isolated = endpoints.length > 0 || record.definition.network.mode.kind === 'none';
  const inherited = isolated ? host.nameservers.filter((address) => !isLoopback(address)) : host.nameservers;
  // The resolver of a network forwards to the host's servers itself, so those are no second choice beside it.
  const servers = ownResolvers.length > 0 ? ownResolvers : dns.length > 0 ? dns : inherited;
  const search = dnsSearch.length > 0 ? dnsSearch.filter((domain) => domain !== '.') : host.search;
  const options = dnsOptions.length > 0 ? dnsOptions : host.options;
  return [
    ...(search.length > 0 ? [`search ${search.join(' ')}`] : []),
    ...servers.map((server) => `nameserver ${server}`),
    ...(options.length > 0 ? [`options ${options.join(' ')}`] : []),
    '',
  ].join('\n');
}

interface ResolvConf {
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  readonly options: readonly string[];
}

export function parseResolvConf(text: string): ResolvConf {
  const words = text.split('\n').map((line) =>
    line
      .replace(/[#;].*/, '')
      .trim()
      .split(/\s+/),
  );
  const values = (...keys: string[]) => words.filter(([key]) => keys.includes(key ?? '')).map(([, ...rest]) => rest);
  return {
    nameservers: values('nameserver').flatMap(([server]) => (server ? [server] : [])),
    search: values('search', 'domain').at(-1) ?? [],
    options: values('options').flat(),
  };
}

function hostResolvConf(): ResolvConf {
  // systemd-resolved's stub is of no use behind a bridge; the file it keeps beside it names the real servers.
  for (const path of ['/run/systemd/resolve/resolv.conf', '/etc/resolv.conf']) {
    try {
      return parseResolvConf(readFileSync(path, 'utf8'));
    } catch {
      // Not there: the next one.
    }
  }
  return { nameservers: [], search: [], options: [] };
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1';
}
