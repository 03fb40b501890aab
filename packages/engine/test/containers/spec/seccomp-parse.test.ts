import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseSeccompProfile } from '../../../src/containers/spec/seccomp-parse.ts';

const parse = (profile: unknown) => parseSeccompProfile(JSON.stringify(profile));
const rule = (more: object) => ({ defaultAction: 'SCMP_ACT_ALLOW', syscalls: [{ action: 'SCMP_ACT_ERRNO', ...more }] });

suite('a profile sent by a client', () => {
  test('is read in both spellings of names, with conditions and arguments', () => {
    const profile = parse({
      defaultAction: 'SCMP_ACT_ERRNO',
      defaultErrnoRet: 1,
      archMap: [{ architecture: 'SCMP_ARCH_X86_64', subArchitectures: null }],
      syscalls: [
        { name: 'chmod', action: 'SCMP_ACT_ALLOW', args: null, comment: 'old form' },
        {
          names: ['clone', 'fork'],
          action: 'SCMP_ACT_ALLOW',
          args: [{ index: 0, value: 1, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }],
          includes: { caps: ['CAP_SYS_ADMIN'], minKernel: '4.8' },
          excludes: {},
        },
      ],
    });
    assert.deepEqual(profile.syscalls[0], { names: ['chmod'], action: 'SCMP_ACT_ALLOW' });
    assert.deepEqual(profile.syscalls[1]?.includes, { caps: ['CAP_SYS_ADMIN'], minKernel: '4.8' });
    assert.deepEqual(profile.archMap, [{ architecture: 'SCMP_ARCH_X86_64', subArchitectures: [] }]);
  });

  for (const [what, profile] of Object.entries({
    'an unknown action': { defaultAction: 'SCMP_ACT_MAYBE' },
    'no default': { syscalls: [] },
    'rules that are no array': { defaultAction: 'SCMP_ACT_ALLOW', syscalls: {} },
    'a rule without names': rule({}),
    'a name that is no string': rule({ names: [1] }),
    'an unknown comparison': rule({ names: ['x'], args: [{ index: 0, value: 1, op: 'SCMP_CMP_ALMOST' }] }),
    'a number beyond what JavaScript can hold': rule({
      names: ['x'],
      args: [{ index: 0, value: 2 ** 60, op: 'SCMP_CMP_EQ' }],
    }),
    'a list': [],
  })) {
    test(`${what} is refused`, () => {
      assert.throws(() => parse(profile), { code: 'INVALID_PARAMETER', message: /seccomp profile/ });
    });
  }

  test('text that is no JSON is refused', () => {
    assert.throws(() => parseSeccompProfile('/etc/profile.json'), { code: 'INVALID_PARAMETER' });
  });

  test('what cannot be honoured is not silently dropped', () => {
    assert.throws(() => parse({ defaultAction: 'SCMP_ACT_NOTIFY' }), { code: 'INVALID_PARAMETER' });
    assert.throws(() => parse({ defaultAction: 'SCMP_ACT_ALLOW', listenerPath: '/run/x' }), { code: 'UNSUPPORTED' });
  });
});
