import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSeccomp } from '../../../src/containers/spec/seccomp.ts';
import { forRunc } from '../../../src/containers/spec/seccomp-runc.ts';
import { host } from '../../support/spec.ts';

function filter(capabilities: readonly string[] = []) {
  const built = buildSeccomp({ privileged: false }, capabilities, host());
  assert.ok(built);
  return built;
}

const allowed = ({ syscalls }: ReturnType<typeof filter>) =>
  syscalls.filter(({ action }) => action === 'SCMP_ACT_ALLOW');

test('what is allowed stays the same, what was refused by rule is refused by default', () => {
  const short = forRunc(filter());
  assert.deepEqual(allowed(short), allowed(filter()));
  assert.equal(short.defaultErrnoRet, 1);
  assert.deepEqual(
    short.syscalls.filter(({ action }) => action !== 'SCMP_ACT_ALLOW'),
    [{ names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet: 38 }],
  );
});

test('clone3 is allowed to who may make namespaces, and has one rule only', () => {
  const rules = forRunc(filter(['CAP_SYS_ADMIN'])).syscalls.filter(({ names }) => names.includes('clone3'));
  assert.deepEqual(
    rules.map(({ action }) => action),
    ['SCMP_ACT_ALLOW'],
  );
});

test('a profile of the client’s own is left as it is', () => {
  const own = { defaultAction: 'SCMP_ACT_ERRNO', defaultErrnoRet: 13, architectures: [], syscalls: [] };
  assert.equal(forRunc(own), own);
});
