import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { readHierarchies } from '../../../src/adapters/cgroups/hierarchies.ts';
import {
  choose,
  describe,
  findExecutable,
  type ProbedRuntime,
  probeRuntime,
  runtimes,
} from '../../../src/adapters/oci-runtime/probe.ts';
import { acceptsHost } from '../../../src/adapters/oci-runtime/trial.ts';

const named = (name: string): ProbedRuntime => ({
  name,
  path: `/bin/${name}`,
  version: '1',
  description: '',
  features: [],
});

suite('choosing a runtime', () => {
  test('the first that accepts the host', () => {
    const [a, b] = [named('a'), named('b')];
    assert.equal(
      choose([a, b], () => true),
      a,
    );
    assert.equal(
      choose([a, b], (path) => path === '/bin/b'),
      b,
    );
  });

  test('the last resort is not tried', () => {
    assert.equal(choose([named('a')], () => assert.fail('tried')).name, 'a');
    assert.throws(() => choose([]), { code: 'HOST' });
  });

  test('finds one that makes containers here, once', () => {
    const chosen = probeRuntime();
    assert.ok(acceptsHost(chosen.path));
    assert.equal(probeRuntime(), chosen);
    assert.equal(probeRuntime('io.containerd.runc.v2'), chosen);
  });

  test('takes an installed one by name and refuses any other program', () => {
    for (const { name } of runtimes()) assert.equal(probeRuntime(name).name, name);
    for (const name of ['sh', '/bin/sh', 'kata', '../crun']) {
      assert.throws(() => probeRuntime(name), { code: 'INVALID_PARAMETER', message: /unknown or invalid runtime/ });
    }
  });

  const unified = readHierarchies().version === 2 && runtimes().some(({ name }) => name === 'crun');
  test('crun accepts version 2, though it makes no /dev of its own', {
    skip: !unified && 'needs crun and cgroup v2',
  }, () => {
    assert.equal(probeRuntime().name, 'crun');
  });

  test('a program that makes no container is not accepted', () => {
    assert.equal(acceptsHost('/bin/false'), false);
  });
});

suite('what a runtime says of itself', () => {
  test('runc', () => {
    const runc = describe('runc', '/runc', 'runc version 1.1.5+ds1\nspec: 1.0.2-dev\nlibseccomp: 2.5.4\n');
    assert.deepEqual([runc?.version, runc?.features], ['1.1.5+ds1', ['systemd', 'seccomp']]);
  });

  test('crun', () => {
    const crun = describe('crun', '/crun', 'crun version 1.8.1\nspec: 1.0.0\n+SYSTEMD +CAP +SECCOMP\n');
    assert.deepEqual([crun?.version, crun?.features], ['1.8.1', ['systemd', 'cap', 'seccomp']]);
  });

  test('anything else', () => {
    assert.equal(describe('x', '/x', 'usage: x'), undefined);
  });
});

test('a program is found where it may be run only', () => {
  const directory = mkdtempSync(join(tmpdir(), 'selkie-path-'));
  try {
    const path = join(directory, 'runc');
    writeFileSync(path, '');
    assert.equal(findExecutable('runc', directory), undefined);
    chmodSync(path, 0o755);
    assert.equal(findExecutable('runc', `relative:/nonexistent:${directory}`), path);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
