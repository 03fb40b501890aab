import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EndpointPlan } from '../ports/network-driver.ts';
import { filesDirectory, hostsFile, resolvConf } from './files.ts';
import type { ContainerRecord } from './record.ts';

/** Lets a running container's hosts and resolv.conf follow its networks. What somebody changed in them stays. */
export function refreshContainerFiles(
  bundle: string,
  record: ContainerRecord,
  before: readonly EndpointPlan[],
  after: readonly EndpointPlan[],
): void {
  const { manageHosts, manageResolv } = record.definition.hosts;
  const path = (name: string) => join(filesDirectory(bundle), name);
  if (manageHosts) {
    rewrite(path('hosts'), (text) => exchangeLines(text, hostsFile(record, before), hostsFile(record, after)));
  }
  if (manageResolv) {
    const written = resolvConf(record, before);
    rewrite(path('resolv.conf'), (text) => (text === written ? resolvConf(record, after) : text));
  }
}

/** In place: the file itself is bound into the container. */
function rewrite(path: string, change: (text: string) => string): void {
  const text = readFileSync(path, 'utf8');
  const changed = change(text);
  if (changed !== text) writeFileSync(path, changed);
}

/** Takes lines out of a text that one version of a file has and another lacks, and puts those in that only the other has. */
export function exchangeLines(text: string, before: string, after: string): string {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  const gone = new Set(old.filter((line) => !fresh.includes(line)));
  const lines = text.split('\n').filter((line) => !gone.has(line));
  const added = fresh.filter((line) => !old.includes(line));
  const body = lines.at(-1) === '' ? lines.slice(0, -1) : lines;
  return [...body, ...added, ''].join('\n');
}
