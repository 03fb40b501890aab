import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { hardLimits } from '../../../src/containers/spec/host.ts';
import { resolveRlimits } from '../../../src/containers/spec/rlimits.ts';
import { host } from '../../support/spec.ts';

function resolve(ulimits: { name: string; soft: number; hard: number }[], max = 5000) {
  const warnings: string[] = [];
  const limits = resolveRlimits(ulimits, host({ maxRlimit: () => max }), (message) => warnings.push(message));
  return { limits, warnings };
}

suite('limits of a process', () => {
  test('open files have the usual soft limit without a word on them', () => {
    const limits = (openFiles: number) => resolveRlimits([], host({ openFiles }), () => {});
    assert.deepEqual(limits(5000), [{ type: 'RLIMIT_NOFILE', soft: 1024, hard: 5000 }]);
    assert.deepEqual(limits(100), [{ type: 'RLIMIT_NOFILE', soft: 100, hard: 100 }]);
  });

  test('are clamped with a warning', () => {
    const { limits, warnings } = resolve([{ name: 'nofile', soft: 6000, hard: -1 }]);
    assert.deepEqual(limits, [{ type: 'RLIMIT_NOFILE', soft: 5000, hard: 5000 }]);
    assert.equal(warnings.length, 1);
  });

  test('-1 is unlimited', () => {
    const { limits } = resolve([{ name: 'RLIMIT_CORE', soft: -1, hard: -1 }], Number.POSITIVE_INFINITY);
    assert.deepEqual(limits[1], {
      type: 'RLIMIT_CORE',
      soft: Number.POSITIVE_INFINITY,
      hard: Number.POSITIVE_INFINITY,
    });
  });

  test('unknown names and a soft limit above the hard one are refused', () => {
    assert.throws(() => resolve([{ name: 'patience', soft: 1, hard: 1 }]), { code: 'INVALID_PARAMETER' });
    assert.throws(() => resolve([{ name: 'cpu', soft: -1, hard: 1 }]), { code: 'INVALID_PARAMETER' });
  });

  test('the kernel’s table is read', () => {
    const limits = hardLimits(
      'Limit                     Soft Limit           Hard Limit           Units     \n' +
        'Max cpu time              unlimited            unlimited            seconds   \n' +
        'Max open files            1024                 20000                files     \n' +
        'Max nice priority         0                    20                   \n',
    );
    assert.equal(limits.get('RLIMIT_NOFILE'), 20000);
    assert.equal(limits.get('RLIMIT_CPU'), Number.POSITIVE_INFINITY);
    assert.equal(limits.get('RLIMIT_NICE'), 20);
  });
});
