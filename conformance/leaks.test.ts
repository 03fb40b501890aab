import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { instanceName } from '@selkie/engine/adapters/bridge/names';
import { Daemon } from './support/daemon.ts';
import { findLeaks, sweepLeaks } from './support/leaks.ts';

test('every kind of leak is found', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'selkie-leaks-'));
  const [root, runroot] = [join(directory, 'root'), join(directory, 'run')];
  const suspect = { root, runroot, containerIds: new Set<string>() };
  const instance = instanceName(root);
  for (const path of [join(root, 'merged'), join(runroot, 'netns/abc')]) mkdirSync(path, { recursive: true });
  const sh = (script: string) => execFileSync('sh', ['-ec', `PATH=$PATH:/usr/sbin:/sbin; ${script}`]);
  assert.deepEqual(kinds(findLeaks(suspect)), ['namespace']);
  try {
    sh(`mount -t tmpfs tmpfs ${root}/merged
      ip link add sk${instance} type bridge && ip link set sk${instance} alias selkie:${instance}:x
      nft add table inet selkie-${instance}`);
    const monitor = new Daemon(process.execPath, ['-e', 'setInterval(() => {}, 1000)', root]);
    assert.deepEqual(kinds(findLeaks(suspect)), ['interface', 'mount', 'namespace', 'nftables', 'process']);
    sweepLeaks(suspect);
    await monitor.end('SIGKILL');
  } finally {
    sh(`ip link delete sk${instance}`);
    rmSync(directory, { recursive: true, force: true });
  }
  assert.deepEqual(findLeaks(suspect), []);
});

function kinds(leaks: readonly string[]): string[] {
  return leaks.map((leak) => /^\w+/.exec(leak)?.[0] ?? leak).sort();
}
