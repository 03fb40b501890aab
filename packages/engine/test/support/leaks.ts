import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nft } from '@selkie/native/nftables';
import { Rtnetlink } from '@selkie/native/rtnetlink';
import { instanceName } from '../../src/adapters/bridge/names.ts';
import type { Lease } from '../../src/networks/ipam.ts';
import type { StateStore } from '../../src/ports/state-store.ts';

export interface LeakOptions {
  readonly stateRoot: string;
  readonly runRoot: string;
  readonly state?: StateStore;
  /** The driver is closed: then not even an idle bridge may be left. */
  readonly closed?: boolean;
}

/**
 * What a service without running containers still holds on this host, one line each; an empty list is a clean host.
 * Looks in the calling thread's network namespace: interfaces, forwarding entries, tables, pinned namespaces, mounts, name service, leases.
 */
export function networkLeaks({ stateRoot, runRoot, state, closed = false }: LeakOptions): string[] {
  const instance = instanceName(stateRoot);
  return [
    ...links(instance, closed),
    ...rules(`selkie-${instance}`, closed),
    ...list(join(runRoot, 'netns')).map((name) => `namespace ${name}`),
    ...mounts([stateRoot, runRoot]).map((target) => `mount ${target}`),
    ...list(join(runRoot, 'dns')).map((name) => `DNS file ${name}`),
    ...(state?.collection<Lease>('address-leases').entries() ?? []).map(
      ([key, { containerId }]) => `lease ${key} of ${containerId}`,
    ),
  ];
}

function links(instance: string, closed: boolean): string[] {
  using rtnetlink = new Rtnetlink();
  const all = rtnetlink.links();
  const bridges = all.filter(({ alias }) => alias.startsWith(`selkie:${instance}:`));
  const indexes = new Set(bridges.map(({ index }) => index));
  const ports = all.filter(({ master }) => indexes.has(master));
  return [...ports, ...(closed ? bridges : [])].map(({ name }) => `interface ${name}`);
}

function rules(table: string, closed: boolean): string[] {
  if (!nft('list tables inet').includes(table)) return [];
  if (closed) return [`nftables table ${table}`];
  return ['any4', 'any6', 'one4', 'one6'].flatMap((map) => {
    const elements = /elements = \{([^}]*)\}/.exec(nft(`list map inet ${table} ${map}`))?.[1];
    return elements === undefined ? [] : elements.split(',').map((element) => `forwarding ${map} ${element.trim()}`);
  });
}

function list(directory: string): string[] {
  return existsSync(directory) ? readdirSync(directory) : [];
}

function mounts(roots: readonly string[]): string[] {
  const targets = readFileSync('/proc/self/mountinfo', 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[4] ?? '');
  return targets.filter((target) => roots.some((root) => target.startsWith(`${root}/`)));
}
