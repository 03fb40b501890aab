import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSelkieError } from '@selkie/contract';
import { DetachScanner, parseDetachKeys } from '../../src/stdio/detach-keys.ts';

function typed(keys: string, ...chunks: string[]) {
  const scanner = new DetachScanner(parseDetachKeys(keys));
  let passed = '';
  for (const chunk of chunks) {
    const { pass, detached } = scanner.scan(Buffer.from(chunk));
    passed += pass.toString();
    if (detached) return { passed, detached };
  }
  return { passed, detached: false };
}

test('the default sequence is found, also across chunks', () => {
  assert.deepEqual(typed('ctrl-p,ctrl-q', 'ab\x10\x11cd'), { passed: 'ab', detached: true });
  assert.deepEqual(typed('ctrl-p,ctrl-q', 'ab\x10', '\x11'), { passed: 'ab', detached: true });
});

test('a key that began the sequence and did not go on with it reaches the process', () => {
  assert.deepEqual(typed('ctrl-p,ctrl-q', '\x10', 'x'), { passed: '\x10x', detached: false });
  assert.deepEqual(typed('ctrl-p,ctrl-q', '\x10\x10\x11'), { passed: '\x10', detached: true });
  assert.deepEqual(typed('a,a,b', 'aaab'), { passed: 'a', detached: true });
  assert.deepEqual(typed('a,b,a,c', 'ababac'), { passed: 'ab', detached: true });
});

test('no keys: everything passes', () => {
  assert.deepEqual(typed('', '\x10\x11'), { passed: '\x10\x11', detached: false });
});

test('keys that are none are refused', () => {
  for (const keys of ['ctrl-', 'ctrl-pp', 'abc', 'ctrl-p,']) {
    assert.throws(
      () => parseDetachKeys(keys),
      (error) => isSelkieError(error, 'INVALID_PARAMETER'),
    );
  }
  assert.deepEqual([...parseDetachKeys('ctrl-[,ctrl-@,z')], [27, 0, 122]);
});
