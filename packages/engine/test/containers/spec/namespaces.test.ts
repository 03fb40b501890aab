import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { utsNames } from '../../../src/containers/spec/hostname.ts';
import { buildNamespaces } from '../../../src/containers/spec/namespaces.ts';
import { features, host, input } from '../../support/spec.ts';

/** `type` or `type=path`. */
const namespaces = (...args: Parameters<typeof input>) =>
  buildNamespaces(input(...args)).map(({ type, path }) => (path === undefined ? type : `${type}=${path}`));

suite('namespaces', () => {
  test('are the container’s own by default; the cgroup one on version 2 only', () => {
    const own = ['mount', 'pid', 'ipc', 'uts', 'network'];
    assert.deepEqual(namespaces(), own);
    const unified = host({ cgroups: { ...features, version: 2 } });
    assert.deepEqual(namespaces({}, { host: unified }), ['mount', 'pid', 'ipc', 'uts', 'cgroup', 'network']);
  });

  test('of the host are not entered', () => {
    const kind = 'host' as const;
    assert.deepEqual(
      namespaces({
        namespaces: { pid: { kind }, ipc: { kind }, uts: { kind }, cgroup: { kind }, user: { kind } },
        network: { mode: { kind } },
      }),
      ['mount'],
    );
  });

  test('of another container and of a file are joined', () => {
    assert.deepEqual(
      namespaces(
        {
          namespaces: { pid: { kind: 'container', container: 'x' }, ipc: { kind: 'path', path: '/ns/ipc' } },
          network: { mode: { kind: 'path', path: '/ns/net' } },
        },
        { namespacePaths: { pid: '/proc/7/ns/pid' } },
      ),
      ['mount', 'pid=/proc/7/ns/pid', 'ipc=/ns/ipc', 'uts', 'network=/ns/net'],
    );
  });

  test('the network is the one the engine made', () => {
    assert.ok(
      namespaces({ network: { mode: { kind: 'bridge' } } }, { namespacePaths: { network: '/n' } }).includes(
        'network=/n',
      ),
    );
  });

  test('of a container that does not run is refused', () => {
    const mode = { kind: 'container', container: 'x' } as const;
    assert.throws(() => namespaces({ namespaces: { pid: mode } }), { code: 'CONTAINER_STATE' });
    assert.throws(() => namespaces({ network: { mode } }), { code: 'CONTAINER_STATE' });
  });

  test('user namespaces are refused, and modes that make no sense', () => {
    assert.throws(() => namespaces({ namespaces: { user: { kind: 'private' } } }), { code: 'UNSUPPORTED' });
    assert.throws(() => namespaces({ namespaces: { pid: { kind: 'shareable' } } }), { code: 'INVALID_PARAMETER' });
  });
});

test('a name in the host’s UTS namespace is refused', () => {
  const namespaces = { uts: { kind: 'host' } } as const;
  assert.deepEqual(utsNames(input({ namespaces })), {});
  assert.throws(() => utsNames(input({ namespaces, hostname: 'x' })), { code: 'INVALID_PARAMETER' });
});
