import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_DETACH_KEYS, DetachKeys, parseDetachKeys } from '../../src/session/detach-keys.ts';

function typed(keys: string, ...chunks: readonly string[]): string {
  const scanner = new DetachKeys(parseDetachKeys(keys));
  let passed = '';
  for (const chunk of chunks) {
    const { pass, detached } = scanner.scan(Buffer.from(chunk));
    passed += pass.toString();
    if (detached) return `${passed}!`;
  }
  return passed;
}

test('the sequence detaches however it arrives, and does not reach the process', () => {
  assert.equal(typed(DEFAULT_DETACH_KEYS, 'ab\x10\x11cd'), 'ab!');
  assert.equal(typed(DEFAULT_DETACH_KEYS, 'ab\x10', '\x11cd'), 'ab!');
  assert.equal(typed('a,a,b', 'aa', 'ab'), 'a!');
  assert.equal(typed('x', 'yx'), 'y!');
});

test('its beginning alone goes on with the next key', () => {
  assert.equal(typed(DEFAULT_DETACH_KEYS, '\x10', 'x'), '\x10x');
  assert.equal(typed(DEFAULT_DETACH_KEYS, '\x10\x10\x11'), '\x10!');
});

test('without keys nothing detaches', () => {
  assert.equal(typed('', 'a\x10\x11b'), 'a\x10\x11b');
});

test('bad keys are refused', () => {
  for (const keys of ['ctrl-', 'ctrl-1', 'ab', ',']) assert.throws(() => parseDetachKeys(keys), /invalid detach keys/);
  assert.deepEqual(parseDetachKeys('ctrl-@,CTRL-a,ctrl-[,~'), [0, 1, 0x1b, 0x7e]);
});
