import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { buildSeccomp, resolveProfile, type SeccompProfile } from '../../../src/containers/spec/seccomp.ts';
import { host } from '../../support/spec.ts';

/** The rules of a filter for one call, in the short form action/errno/arguments. */
function rulesFor(name: string, capabilities: readonly string[] = [], more = {}): string[] {
  const filter = buildSeccomp({ privileged: false }, capabilities, host(more));
  assert.ok(filter);
  return filter.syscalls
    .filter((rule) => rule.names.includes(name))
    .map((rule) => `${rule.action.replace('SCMP_ACT_', '')}${rule.errnoRet ?? ''}${rule.args ? '?' : ''}`);
}

suite('the default filter', () => {
  test('allows what programs need, once', () => {
    for (const name of ['read', 'openat2', 'clock_gettime64', 'futex', 'rt_sigreturn', 'faccessat2', 'ptrace']) {
      assert.deepEqual(rulesFor(name), ['ALLOW'], name);
    }
  });

  test('refuses what needs a capability with EPERM until it is held', () => {
    for (const [name, capability] of [
      ['mount', 'CAP_SYS_ADMIN'],
      ['reboot', 'CAP_SYS_BOOT'],
      ['bpf', 'CAP_BPF'],
      ['bpf', 'CAP_SYS_ADMIN'],
      ['finit_module', 'CAP_SYS_MODULE'],
      ['open_by_handle_at', 'CAP_DAC_READ_SEARCH'],
    ] as const) {
      assert.deepEqual(rulesFor(name), ['ERRNO1'], name);
      assert.deepEqual(rulesFor(name, [capability]), ['ALLOW'], name);
    }
    assert.deepEqual(rulesFor('keyctl', ['CAP_SYS_ADMIN']), ['ERRNO1']);
    assert.deepEqual(rulesFor('io_uring_setup'), ['ERRNO1']);
  });

  test('lets C libraries fall back from what it does not know', () => {
    const filter = buildSeccomp({ privileged: false }, [], host());
    assert.equal(filter?.defaultErrnoRet, 38);
    assert.deepEqual(rulesFor('clone3'), []);
    assert.deepEqual(rulesFor('clone3', ['CAP_SYS_ADMIN']), ['ALLOW']);
  });

  test('lets clone make processes and no namespaces', () => {
    const filter = buildSeccomp({ privileged: false }, [], host());
    const allowed = filter?.syscalls.find((rule) => rule.names.includes('clone') && rule.action === 'SCMP_ACT_ALLOW');
    assert.deepEqual(allowed?.args, [{ index: 0, value: 0x7e020000, valueTwo: 0, op: 'SCMP_CMP_MASKED_EQ' }]);
    assert.deepEqual(rulesFor('clone', ['CAP_SYS_ADMIN']), ['ALLOW']);
  });

  test('the filter covers x32 only where the kernel runs it', () => {
    const covered = (x32: boolean) => buildSeccomp({ privileged: false }, [], host({ x32 }))?.architectures;
    assert.deepEqual(covered(true), ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32']);
    assert.deepEqual(covered(false), ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86']);
  });

  test('follows the architecture', () => {
    assert.deepEqual(rulesFor('arch_prctl'), ['ALLOW']);
    assert.deepEqual(rulesFor('arch_prctl', [], { architecture: 'arm64' }), []);
    assert.deepEqual(rulesFor('cacheflush', [], { architecture: 'arm64' }), ['ALLOW']);
    assert.deepEqual(buildSeccomp({ privileged: false }, [], host({ architecture: 'arm64' }))?.architectures, [
      'SCMP_ARCH_AARCH64',
      'SCMP_ARCH_ARM',
    ]);
  });

  test('has no call in two opposite rules without arguments', () => {
    const filter = buildSeccomp({ privileged: false }, ['CAP_SYS_ADMIN', 'CAP_SYS_PTRACE'], host());
    const plain = filter?.syscalls.filter((rule) => rule.args === undefined) ?? [];
    const allowed = new Set(plain.filter((rule) => rule.action === 'SCMP_ACT_ALLOW').flatMap((rule) => rule.names));
    const refused = plain.filter((rule) => rule.action === 'SCMP_ACT_ERRNO').flatMap((rule) => rule.names);
    assert.deepEqual(
      refused.filter((name) => allowed.has(name)),
      [],
    );
  });
});

suite('which filter', () => {
  test('none for unconfined and privileged containers, or a kernel without', () => {
    assert.equal(buildSeccomp({ privileged: false, seccomp: 'unconfined' }, [], host()), undefined);
    assert.equal(buildSeccomp({ privileged: true }, [], host()), undefined);
    assert.equal(buildSeccomp({ privileged: false }, [], host({ seccomp: false })), undefined);
  });

  test('a custom one also for a privileged container', () => {
    const seccomp = JSON.stringify({ defaultAction: 'SCMP_ACT_ALLOW', syscalls: [] });
    assert.equal(buildSeccomp({ privileged: true, seccomp }, [], host())?.defaultAction, 'SCMP_ACT_ALLOW');
    assert.throws(() => buildSeccomp({ privileged: false, seccomp }, [], host({ seccomp: false })), {
      code: 'INVALID_PARAMETER',
    });
  });
});

suite('conditions of a profile', () => {
  const profile: SeccompProfile = {
    defaultAction: 'SCMP_ACT_ERRNO',
    archMap: [{ architecture: 'SCMP_ARCH_X86_64', subArchitectures: ['SCMP_ARCH_X86'] }],
    syscalls: [
      { names: ['both'], action: 'SCMP_ACT_ALLOW', includes: { caps: ['A', 'B'] } },
      { names: ['neither'], action: 'SCMP_ACT_ALLOW', excludes: { caps: ['A', 'B'] } },
      { names: ['newer'], action: 'SCMP_ACT_ALLOW', includes: { minKernel: '6.1' } },
      { names: ['newest'], action: 'SCMP_ACT_ALLOW', includes: { minKernel: '6.10' } },
      { names: ['arm'], action: 'SCMP_ACT_ALLOW', includes: { arches: ['arm64'] } },
    ],
  };
  const names = (capabilities: string[]) =>
    resolveProfile(profile, capabilities, host()).syscalls.flatMap((rule) => rule.names);

  test('all of includes, none of excludes', () => {
    assert.deepEqual(names([]), ['neither', 'newer']);
    assert.deepEqual(names(['A']), ['newer']);
    assert.deepEqual(names(['A', 'B']), ['both', 'newer']);
  });

  test('architectures come from the map', () => {
    assert.deepEqual(resolveProfile(profile, [], host()).architectures, ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86']);
  });
});
