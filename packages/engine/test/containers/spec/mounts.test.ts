import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { MountDefinition } from '../../../src/containers/definition.ts';
import { buildMounts, rootfsPropagation } from '../../../src/containers/spec/mounts.ts';
import { host, input } from '../../support/spec.ts';

const bind = (target: string, more: Partial<Extract<MountDefinition, { type: 'bind' }>> = {}): MountDefinition => ({
  type: 'bind',
  source: '/source',
  target,
  readOnly: false,
  options: [],
  createSource: false,
  ...more,
});
const tmpfs = (target: string, options: readonly string[] = []): MountDefinition => ({
  type: 'tmpfs',
  target,
  readOnly: false,
  options,
});
const mountsOf = (mounts: readonly MountDefinition[], more: Parameters<typeof input>[1] = {}) =>
  buildMounts(input({ mounts: [...mounts] }, more));
const optionsAt = (target: string, mounts: readonly MountDefinition[], more = {}) =>
  mountsOf(mounts, more).find((mount) => mount.destination === target)?.options;

suite('mounts of a container', () => {
  test('parents come before children, whatever the order asked', () => {
    const order = mountsOf([bind('/a/b/c'), bind('/a'), bind('/a/b')]).map((mount) => mount.destination);
    assert.deepEqual(
      order.filter((path) => path.startsWith('/a')),
      ['/a', '/a/b', '/a/b/c'],
    );
    assert.ok(order.indexOf('/dev') < order.indexOf('/dev/pts'));
  });

  test('the client’s take the place of the engine’s', () => {
    const files = { hosts: '/run/hosts', hostname: '/run/hostname' };
    const mounts = mountsOf([bind('/etc/hosts'), tmpfs('/dev/shm', ['size=1m'])], { files });
    const at = (path: string) => mounts.filter((mount) => mount.destination === path);
    assert.deepEqual(
      at('/etc/hosts').map((mount) => mount.source),
      ['/source'],
    );
    assert.equal(at('/dev/shm').length, 1);
    assert.equal(at('/etc/hostname')[0]?.source, '/run/hostname');
  });

  test('a /dev of the client’s keeps its own children', () => {
    const paths = mountsOf([bind('/dev')]).map((mount) => mount.destination);
    assert.deepEqual(
      paths.filter((path) => path.startsWith('/dev')),
      ['/dev'],
    );
  });

  test('two at one place are refused, however they are written', () => {
    assert.throws(() => mountsOf([bind('/a'), tmpfs('/b/../a/')]), {
      code: 'INVALID_PARAMETER',
      message: 'Duplicate mount point: /a',
    });
  });

  test('relative paths and the root are refused', () => {
    for (const mount of [bind('a'), bind('/'), bind('/a/..'), bind('/a', { source: 'b' }), tmpfs('//')]) {
      assert.throws(() => mountsOf([mount]), { code: 'INVALID_PARAMETER' });
    }
  });

  test('a volume is bound where the caller says it lies', () => {
    const volume: MountDefinition = {
      type: 'volume',
      name: 'v',
      target: '/data',
      readOnly: true,
      options: [],
      noCopy: false,
    };
    const attached = {
      name: 'v',
      path: '/volumes/v',
      target: '/data',
      anonymous: false,
      readOnly: true,
      options: ['nocopy'],
      noCopy: true,
    };
    assert.deepEqual(
      mountsOf([volume], { volumes: [attached] }).find((mount) => mount.destination === '/data'),
      { destination: '/data', type: 'bind', source: '/volumes/v', options: ['rbind', 'rprivate', 'ro'] },
    );
    assert.throws(() => mountsOf([volume]), { code: 'INTERNAL' });
  });

  test('a shared IPC namespace brings its shared memory along', () => {
    const shm = (parts: Parameters<typeof input>[0], more = {}) =>
      buildMounts(input(parts, more)).find((mount) => mount.destination === '/dev/shm');
    assert.deepEqual(shm({ shmSize: 4096 })?.options.at(-1), 'size=4096');
    assert.equal(shm({}, { files: { shm: '/run/shm' } })?.source, '/run/shm');
    assert.equal(shm({ namespaces: { ipc: { kind: 'host' } } })?.source, '/dev/shm');
    assert.equal(shm({ namespaces: { ipc: { kind: 'none' } } }), undefined);
  });

  test('a read-only root makes the engine’s files read-only', () => {
    const mounts = buildMounts(input({ security: { readOnlyRootfs: true } }, { files: { hosts: '/run/hosts' } }));
    assert.ok(mounts.find((mount) => mount.destination === '/etc/hosts')?.options.includes('ro'));
  });
});

suite('options of a bind mount', () => {
  test('default to recursive and private', () => {
    assert.deepEqual(optionsAt('/a', [bind('/a')]), ['rbind', 'rprivate', 'rw']);
  });

  test('are honoured', () => {
    const options = ['bind,slave', 'nosuid', 'noexec', 'cached'];
    assert.deepEqual(optionsAt('/a', [bind('/a', { options, readOnly: true })]), [
      'bind',
      'slave',
      'ro',
      'nosuid',
      'noexec',
    ]);
  });

  test('rw does not undo read-only', () => {
    assert.ok(optionsAt('/a', [bind('/a', { options: ['rw'], readOnly: true })])?.includes('ro'));
  });

  test('propagation reaches the root', () => {
    assert.equal(rootfsPropagation(mountsOf([bind('/a', { options: ['rshared'] })])), 'rshared');
    assert.equal(rootfsPropagation(mountsOf([bind('/a', { options: ['rslave'] })])), 'rslave');
    assert.equal(rootfsPropagation(mountsOf([bind('/a')])), undefined);
  });

  test('unknown and contradicting ones are refused', () => {
    assert.throws(() => mountsOf([bind('/a', { options: ['fast'] })]), { code: 'INVALID_PARAMETER', message: /fast/ });
    assert.throws(() => mountsOf([bind('/a', { options: ['shared', 'private'] })]), { code: 'INVALID_PARAMETER' });
    for (const option of ['U', 'O', 'idmap']) {
      assert.throws(() => mountsOf([bind('/a', { options: [option] })]), { code: 'UNSUPPORTED' });
    }
  });

  test('relabelling is refused where there are labels, and means nothing elsewhere', () => {
    const mounts = [bind('/a', { options: ['z'] })];
    assert.deepEqual(optionsAt('/a', mounts), ['rbind', 'rprivate', 'rw']);
    assert.throws(() => mountsOf(mounts, { host: host({ selinux: true }) }), { code: 'UNSUPPORTED' });
  });
});

suite('options of a tmpfs', () => {
  test('default to no programs, devices or set-uid', () => {
    assert.deepEqual(optionsAt('/t', [tmpfs('/t')]), ['rprivate', 'rw', 'nosuid', 'nodev', 'noexec']);
  });

  test('are parsed', () => {
    assert.deepEqual(optionsAt('/t', [tmpfs('/t', ['exec', 'size=10%,mode=1777', 'uid=5'])]), [
      'rprivate',
      'rw',
      'nosuid',
      'nodev',
      'exec',
      'size=10%',
      'mode=1777',
      'uid=5',
    ]);
  });

  test('malformed ones are refused', () => {
    for (const option of ['size=big', 'mode=rwx', 'uid=root', 'lowerdir=/etc']) {
      assert.throws(() => mountsOf([tmpfs('/t', [option])]), { code: 'INVALID_PARAMETER' }, option);
    }
  });
});
