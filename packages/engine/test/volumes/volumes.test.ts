import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isSelkieError } from '@selkie/contract';
import type { MountDefinition } from '../../src/containers/definition.ts';
import type { ContainerRecord } from '../../src/containers/record.ts';
import type { StateStore } from '../../src/ports/state-store.ts';
import { Volumes } from '../../src/volumes/volumes.ts';
import { container } from '../support/containers.ts';
import { temporaryDirectory } from '../support/directory.ts';
import { MemoryStateStore } from '../support/memory-state.ts';

function setup(root: string, state: StateStore = new MemoryStateStore()) {
  const events: string[] = [];
  const containers: ContainerRecord[] = [];
  const volumes = new Volumes({
    root,
    state,
    containers: () => containers,
    emit: (type, action, id, name, attributes = {}) => {
      events.push(`${action} ${name}`.trim());
      return { sequence: events.length, time: 0n, type, action, id, name, attributes };
    },
  });
  return { state, events, containers, volumes };
}

const mount = (name: string, target = '/v', driver?: string): MountDefinition => ({
  type: 'volume',
  name,
  target,
  readOnly: false,
  options: [],
  noCopy: false,
  ...(driver ? { driver } : {}),
});

test('a removal that a killed service had written down is finished, and does not touch what is new there', async () => {
  using directory = temporaryDirectory();
  const { state, volumes } = setup(directory.path);
  const { path } = volumes.create({ name: 'gone' });
  writeFileSync(join(path, 'file'), 'old');
  // As a service leaves it that is killed right after it has forgotten the volume.
  state.collection('volumes').delete('gone');
  state.collection<string>('volume-trash').put('item', join(path, '..'));
  const next = setup(directory.path, state);
  const fresh = next.volumes.create({ name: 'gone' });
  writeFileSync(join(fresh.path, 'file'), 'new');
  await next.volumes.recover();
  assert.deepEqual(readdirSync(fresh.path), ['file']);
  assert.deepEqual(readdirSync(join(directory.path, 'removed-volumes')), []);
  assert.deepEqual(state.collection('volume-trash').entries(), []);
  // Killed between deleting the files and forgetting about it.
  state.collection<string>('volume-trash').put('item', '');
  await setup(directory.path, state).volumes.recover();
  assert.deepEqual(readdirSync(fresh.path), ['file']);
  assert.deepEqual(state.collection('volume-trash').entries(), []);
});

test('where one volume cannot be made none is', () => {
  using directory = temporaryDirectory();
  const { volumes, events } = setup(directory.path);
  assert.throws(
    () => volumes.attach([mount('good'), mount('bad', '/b', 'flocker')], ['/image']),
    (error) => isSelkieError(error, 'UNSUPPORTED'),
  );
  assert.deepEqual([volumes.list(), events], [[], []]);
  assert.ok(!existsSync(join(directory.path, 'volumes', 'good')));
});

test('an image’s volume is covered by what is mounted there', () => {
  using directory = temporaryDirectory();
  const attached = setup(directory.path).volumes.attach([mount('named', '/data')], ['/data', '/other']);
  assert.deepEqual(
    attached.map(({ target, anonymous }) => [target, anonymous]),
    [
      ['/data', false],
      ['/other', true],
    ],
  );
});

test('a volume of a container, running or not, is not removed', async () => {
  using directory = temporaryDirectory();
  const { volumes, containers } = setup(directory.path);
  const attached = volumes.attach([mount('used')], []);
  const user = container({ volumes: attached });
  containers.push(user);
  await assert.rejects(volumes.remove('used'), (error) => isSelkieError(error, 'VOLUME_IN_USE'));
  assert.deepEqual(await volumes.prune({}, new AbortController().signal), []);
  containers.length = 0;
  await volumes.remove('used');
  assert.deepEqual(volumes.list(), []);
});

test('anonymous volumes go with their last container, where that is asked for', async () => {
  using directory = temporaryDirectory();
  const { volumes, containers } = setup(directory.path);
  const attached = volumes.attach([mount('')], []);
  const [first, second] = [container({ volumes: attached }), container({ volumes: attached })];
  containers.push(first, second);
  await volumes.detach(first.id, attached, true);
  assert.equal(volumes.list().length, 1);
  containers.splice(0, 1);
  await volumes.detach(second.id, attached, false);
  assert.equal(volumes.list().length, 1);
  await volumes.detach(second.id, attached, true);
  assert.deepEqual(volumes.list(), []);
});

test('pruning tells what it took and how much that was', async () => {
  using directory = temporaryDirectory();
  const { volumes, events } = setup(directory.path);
  const { path } = volumes.create({ name: 'full' });
  mkdirSync(join(path, 'deep'));
  writeFileSync(join(path, 'deep', 'file'), 'x'.repeat(1234));
  volumes.create({});
  const signal = new AbortController().signal;
  const anonymous = await volumes.prune({ anonymous: ['true'] }, signal);
  assert.equal(anonymous.length, 1);
  const [taken] = await volumes.prune({}, signal);
  assert.deepEqual([taken?.volume.name, taken?.size], ['full', 1234]);
  assert.deepEqual(events.slice(-2), ['remove full', 'prune']);
});
