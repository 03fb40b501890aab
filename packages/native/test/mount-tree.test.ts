import assert from 'node:assert/strict';
import { closeSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { mount, umount2 } from '../src/mount.ts';
import { cloneTree, emptyTmpfs, makeReadOnly } from '../src/mount-tree.ts';

const directory = mkdtempSync(join(tmpdir(), 'selkie-tree-'));
after(() => rmSync(directory, { recursive: true }));
const below = (fd: number, name: string) => `/proc/self/fd/${fd}/${name}`;

function withTree(fd: number, use: () => void): void {
  try {
    use();
  } finally {
    closeSync(fd);
  }
}

test('a clone shows the same files, and no mount anyone else sees', () => {
  writeFileSync(join(directory, 'file'), 'data');
  const before = readFileSync('/proc/self/mountinfo', 'utf8');
  const tree = cloneTree(directory, { recursive: false });
  withTree(tree, () => {
    assert.equal(readFileSync(below(tree, 'file'), 'utf8'), 'data');
    assert.equal(readFileSync('/proc/self/mountinfo', 'utf8'), before);
    writeFileSync(below(tree, 'other'), '');
    assert.ok(statSync(join(directory, 'other')).isFile());
  });
});

test('what is mounted below comes with a recursive clone only', () => {
  const inner = join(directory, 'inner');
  mkdirSync(inner);
  mount({ source: 'tmpfs', target: inner, type: 'tmpfs' });
  try {
    writeFileSync(join(inner, 'file'), '');
    const [all, one] = [cloneTree(directory, { recursive: true }), cloneTree(directory, { recursive: false })];
    withTree(all, () => assert.ok(statSync(below(all, 'inner/file')).isFile()));
    withTree(one, () => assert.throws(() => statSync(below(one, 'inner/file')), { code: 'ENOENT' }));
  } finally {
    umount2(inner);
  }
});

test('a clone made read-only refuses what the original takes', () => {
  const tree = cloneTree(directory, { recursive: true });
  withTree(tree, () => {
    makeReadOnly(tree);
    assert.throws(() => writeFileSync(below(tree, 'new'), ''), { code: 'EROFS' });
    writeFileSync(join(directory, 'new'), '');
  });
});

test('a tmpfs of its own is empty and can be written to', () => {
  const tree = emptyTmpfs();
  withTree(tree, () => {
    writeFileSync(below(tree, 'file'), 'data');
    assert.equal(readFileSync(below(tree, 'file'), 'utf8'), 'data');
  });
});

test('a path that is not there is the error it is', () => {
  assert.throws(() => cloneTree(join(directory, 'nothing'), { recursive: true }), { code: 'ENOENT' });
  assert.throws(() => cloneTree('/tmp\0/x', { recursive: true }), TypeError);
});
