import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
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
    rmSync(directory, { recursive: true, force: true });
  }
  assert.deepEqual(findLeaks(suspect), []);
});

test('a test process that is ended by a signal takes its service along', async () => {
  const service = new URL('support/service.ts', import.meta.url).href;
  const images = new URL('support/images.ts', import.meta.url).href;
  const script = `
    const { args } = await (await import('${images}')).startImageSource();
    const service = await (await import('${service}')).startService({ args });
    await service.request('POST', '/images/create?fromImage=busybox');
    const { json } = await service.request('POST', '/containers/create', { Image: 'busybox', Cmd: ['sleep', '1000'] });
    await service.request('POST', '/containers/' + json.Id + '/start');
    const { root, runroot } = service;
    console.log(JSON.stringify({ root, runroot, id: json.Id }));`;
  const child = new Daemon(process.execPath, ['--input-type=module', '-e', script]);
  const [, root = '', runroot = '', id = ''] = await child.ready(
    () => /{"root":"([^"]+)","runroot":"([^"]+)","id":"([^"]+)"}/.exec(child.log) ?? undefined,
  );
  const suspect = { root, runroot, containerIds: new Set([id]) };
  assert.ok(kinds(findLeaks(suspect)).includes('cgroup'));
  await child.end('SIGTERM');
  assert.deepEqual(findLeaks(suspect), []);
  assert.equal(existsSync(root), false);
});

function kinds(leaks: readonly string[]): string[] {
  return leaks.map((leak) => /^\w+/.exec(leak)?.[0] ?? leak).sort();
}
