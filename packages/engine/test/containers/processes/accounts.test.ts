import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accounts, containerAccounts } from '../../../src/containers/processes/accounts.ts';

test('the first name of a number counts; without a name it is the number', () => {
  const names = accounts('root:x:0:0::/:\ntoor:x:0:0::/:\nbad line\napp:x:33:33\n', 'wheel:x:10:\n');
  assert.deepEqual([names.user(0), names.user(33), names.user(7)], ['root', 'app', '7']);
  assert.deepEqual([names.group(10), names.group(0)], ['wheel', '0']);
});

test("a container's names come from its own root", () => {
  assert.equal(containerAccounts(process.pid).user(0), 'root');
});

test('a container that has just gone has no names', () => {
  assert.equal(containerAccounts(0x7ffffff0).user(0), '0');
});
