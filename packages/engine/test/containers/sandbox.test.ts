import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import { test } from 'node:test';
import type { NetworkPlanner, VolumeSource } from '../../src/containers/context.ts';
import { bundleOf, teardown } from '../../src/containers/sandbox.ts';
import type { Cgroups } from '../../src/ports/cgroups.ts';
import type { NetworkDriver } from '../../src/ports/network-driver.ts';
import type { Snapshots } from '../../src/ports/snapshots.ts';
import { container, fakeContext, only } from '../support/containers.ts';
import { temporaryDirectory } from '../support/directory.ts';

test('what cannot be given back does not keep the rest from being given back', async () => {
  using runroot = temporaryDirectory();
  const record = container();
  const given: string[] = [];
  const fails = (what: string) => {
    given.push(what);
    throw new Error(`${what} fails`);
  };
  const ctx = fakeContext([record], {
    runroot: runroot.path,
    runtime: () => fails('runtime'),
    driver: only<NetworkDriver>('driver', { removeNamespace: () => fails('namespace') }),
    networks: only<NetworkPlanner>('networks', {
      release: () => void given.push('addresses'),
    }),
    cgroups: only<Cgroups>('cgroups', { pathFor: () => '/selkie/x', remove: async () => fails('cgroup') }),
    snapshots: only<Snapshots>('snapshots', { unmount: () => void given.push('root') }),
    volumes: only<VolumeSource>('volumes', { release: () => void given.push('volumes') }),
  });
  mkdirSync(bundleOf(ctx, record.id), { recursive: true });
  await assert.rejects(teardown(ctx, record), /fails/);
  assert.deepEqual(given.sort(), ['addresses', 'cgroup', 'namespace', 'root', 'runtime', 'volumes']);
  assert.ok(!existsSync(bundleOf(ctx, record.id)));
});
