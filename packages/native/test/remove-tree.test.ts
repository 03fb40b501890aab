import assert from 'node:assert/strict';
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { MNT_DETACH, mount, umount2 } from '@selkie/native/mount';
import { mkdirat, openat2, RESOLVE_BENEATH } from '@selkie/native/path';
import { removeTree } from '@selkie/native/remove-tree';

let root = '';
let fd = -1;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'selkie-native-'));
  fd = openSync(root, constants.O_RDONLY | constants.O_DIRECTORY);
});

afterEach(() => {
  closeSync(fd);
  rmSync(root, { recursive: true });
});

test('removes files, links and trees, and nothing a link leads to', () => {
  mkdirSync(join(root, 'kept'));
  writeFileSync(join(root, 'kept/file'), '');
  mkdirSync(join(root, 'tree/a/b/c'), { recursive: true });
  for (const name of ['tree/f', 'tree/a/f', 'tree/a/b/c/f', 'tree/.removing-0', 'tree/a/.removing-0']) {
    writeFileSync(join(root, name), '');
  }
  symlinkSync('../kept', join(root, 'tree/link'));
  symlinkSync('kept', join(root, 'link'));
  for (const name of ['tree', 'link', 'missing']) assert.equal(removeTree(fd, name), true);
  assert.deepEqual(readdirSync(root), ['kept']);
  assert.deepEqual(readdirSync(join(root, 'kept')), ['file']);
});

test('removes a tree deeper than any path can say', () => {
  let at = openSync(root, constants.O_RDONLY | constants.O_DIRECTORY);
  for (let depth = 0; depth < 3000; depth++) {
    mkdirat(at, 'deep', 0o700);
    const next = openat2(at, 'deep', { flags: constants.O_RDONLY | constants.O_DIRECTORY, resolve: RESOLVE_BENEATH });
    closeSync(at);
    at = next;
  }
  closeSync(at);
  const open = readdirSync('/proc/self/fd').length;
  assert.equal(removeTree(fd, 'deep'), true);
  assert.equal(existsSync(join(root, 'deep')), false);
  assert.equal(readdirSync('/proc/self/fd').length, open);
});

test('stops at its budget, and another call takes the rest', () => {
  mkdirSync(join(root, 'tree/sub'), { recursive: true });
  for (let i = 0; i < 10; i++) writeFileSync(join(root, `tree/sub/${i}`), 'x'.repeat(100));
  assert.equal(removeTree(fd, 'tree', { entries: 5, bytes: 1e9 }), false);
  assert.equal(readdirSync(join(root, 'tree/sub')).length, 6);
  assert.equal(removeTree(fd, 'tree', { entries: 100, bytes: 4300 }), false);
  assert.equal(removeTree(fd, 'tree'), true);
  assert.deepEqual(readdirSync(root), []);
});

test('never enters a mount', () => {
  mkdirSync(join(root, 'tree/mounted'), { recursive: true });
  mount({ source: 'tmpfs', target: join(root, 'tree/mounted'), type: 'tmpfs' });
  try {
    writeFileSync(join(root, 'tree/mounted/precious'), '');
    assert.throws(() => removeTree(fd, 'tree'), { code: 'EBUSY' });
    assert.deepEqual(readdirSync(join(root, 'tree/mounted')), ['precious']);
  } finally {
    umount2(join(root, 'tree/mounted'), MNT_DETACH);
  }
});
