import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createArguments } from '../../../src/adapters/conmon/command.ts';

const request = {
  id: 'a'.repeat(64),
  name: 'a',
  bundle: '/bundle',
  directory: '/bundle',
  terminal: false,
  stdin: true,
  stdinOnce: true,
  runtime: { path: '/usr/bin/runc', args: [] },
  systemdCgroup: false,
};
const flags = (more: Partial<typeof request>) =>
  createArguments({ ...request, ...more }).filter((arg) => ['-t', '-i', '--leave-stdin-open'].includes(arg));

test('a second client could not type into a terminal the first had left', () => {
  assert.deepEqual(flags({ terminal: true }), ['-t']);
  assert.deepEqual(flags({ terminal: true, stdinOnce: false }), ['-t']);
});

test('without a terminal the first client to leave ends the input, where that was asked for', () => {
  assert.deepEqual(flags({}), ['-i']);
  assert.deepEqual(flags({ stdinOnce: false }), ['-i', '--leave-stdin-open']);
  assert.deepEqual(flags({ stdin: false }), []);
});
