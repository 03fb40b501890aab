import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { buildExecProcess, type ExecInput } from '../../../src/containers/spec/exec.ts';
import { definition, host, ID } from '../../support/spec.ts';

type Parts = Parameters<typeof definition>[0];

function exec(parts: Parts = {}, more: Partial<ExecInput> = {}) {
  return buildExecProcess({
    container: { id: ID, definition: definition(parts) },
    containerEnv: ['A=1', 'B=1'],
    args: ['sh'],
    env: ['B=2'],
    workdir: '/work',
    user: { uid: 0, gid: 0, additionalGids: [0], home: '/root', username: 'root' },
    terminal: false,
    privileged: false,
    host: host(),
    ...more,
  });
}

suite('the process of an exec session', () => {
  test('has the container’s environment and its own', () => {
    const { env, cwd, args } = exec();
    assert.deepEqual([cwd, args], ['/work', ['sh']]);
    assert.deepEqual(env.slice(-3), ['HOME=/root', 'A=1', 'B=2']);
  });

  test('has the container’s capabilities and limits', () => {
    const { capabilities, rlimits, noNewPrivileges } = exec({
      security: { capDrop: ['ALL'], capAdd: ['CHOWN'], noNewPrivileges: true },
      resources: { ulimits: [{ name: 'core', soft: 0, hard: 0 }] },
    });
    assert.deepEqual(capabilities.effective, ['CAP_CHOWN']);
    assert.deepEqual(rlimits?.at(-1), { type: 'RLIMIT_CORE', soft: 0, hard: 0 });
    assert.equal(noNewPrivileges, true);
  });

  test('privileged has all the host has', () => {
    assert.equal(exec({}, { privileged: true }).capabilities.effective.length, host().capabilities.length);
    assert.equal(exec({ security: { privileged: true } }).capabilities.bounding.length, host().capabilities.length);
  });

  test('of a user that is not root has no effective capabilities', () => {
    const user = { uid: 5, gid: 6, additionalGids: [6], home: '/', username: '' };
    assert.deepEqual(exec({}, { user }).capabilities.effective, []);
  });

  test('has a terminal of its own', () => {
    const consoleSize = { height: 10, width: 20 };
    const { terminal, env, consoleSize: size } = exec({}, { terminal: true, consoleSize });
    assert.ok(terminal && env.includes('TERM=xterm'));
    assert.deepEqual(size, consoleSize);
  });

  test('without a command is refused', () => {
    assert.throws(() => exec({}, { args: [] }), { code: 'INVALID_PARAMETER' });
  });
});
