import assert from 'node:assert/strict';
import {
  chmodSync,
  closeSync,
  constants,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { mknodat, S_IFCHR, S_IFIFO } from '@selkie/native/path';
import { getXattr, setXattr } from '@selkie/native/xattr';
import { BlockWriter } from '../../src/archive/block-writer.ts';
import { type Change, type ChangedLayer, walkChanges } from '../../src/archive/changes.ts';
import type { TarEntry } from '../../src/archive/entry.ts';
import { extractTar, LAYER_OPTIONS } from '../../src/archive/extract.ts';
import { packLayer, packTree } from '../../src/archive/pack-tree.ts';
import { TarReader } from '../../src/archive/tar-reader.ts';
import { temporaryDirectory } from '../support/directory.ts';
import { inPieces } from '../support/tar.ts';

/** Directories of an overlay, closed at the end of the block. */
class Tree implements Disposable {
  readonly #directory = temporaryDirectory();
  readonly #open: number[] = [];

  path(name: string): string {
    const path = join(this.#directory.path, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  fd(name: string): number {
    const fd = openSync(this.path(name), constants.O_RDONLY | constants.O_DIRECTORY);
    this.#open.push(fd);
    return fd;
  }

  layer(...mountPoints: readonly string[]): ChangedLayer {
    return {
      upperFd: this.fd('upper'),
      lowerFds: [this.fd('middle'), this.fd('base')],
      mountPoints: new Set(mountPoints),
    };
  }

  [Symbol.dispose](): void {
    for (const fd of this.#open) closeSync(fd);
    this.#directory[Symbol.dispose]();
  }
}

function whiteout(directory: string, name: string): void {
  const fd = openSync(directory, constants.O_RDONLY);
  mknodat(fd, name, S_IFCHR);
  closeSync(fd);
}

function makeOpaque(directory: string): void {
  const fd = openSync(directory, constants.O_RDONLY);
  setXattr(fd, 'trusted.overlay.opaque', Buffer.from('y'));
  closeSync(fd);
}

/** The same time for directories that are to be the same in two layers. */
function dated(...directories: readonly string[]): void {
  for (const directory of directories) utimesSync(directory, 1e9, 1e9);
}

function changesOf(layer: ChangedLayer): string[] {
  const letters: Readonly<Record<Change['kind'], string>> = { added: 'A', modified: 'C', deleted: 'D' };
  const lines: string[] = [];
  walkChanges(layer, ({ kind, path }) => void lines.push(`${letters[kind]} /${path}`));
  return lines;
}

function packed(pack: (out: BlockWriter) => void): Buffer {
  const blocks: Buffer[] = [];
  pack(new BlockWriter((block) => void blocks.push(block)));
  return Buffer.concat(blocks);
}

function entriesOf(archive: Buffer): TarEntry[] {
  const entries: TarEntry[] = [];
  const reader = new TarReader({ begin: (entry) => void entries.push(entry), data() {}, finish() {} });
  reader.push(archive);
  reader.end();
  return entries;
}

test('files are added, modified and deleted; a directory counts where something in it has changed', () => {
  using tree = new Tree();
  const [base, middle, upper] = [tree.path('base/etc'), tree.path('middle/etc'), tree.path('upper/etc')];
  writeFileSync(join(base, 'old'), 'a');
  writeFileSync(join(middle, 'gone'), 'b');
  writeFileSync(join(upper, 'old'), 'c');
  writeFileSync(join(upper, 'new'), 'd');
  whiteout(upper, 'gone');
  whiteout(upper, 'never-was');
  dated(base, middle, upper);
  assert.deepEqual(changesOf(tree.layer()), ['C /etc', 'D /etc/gone', 'A /etc/new', 'C /etc/old']);
});

test('a directory that was only copied up is no change', () => {
  using tree = new Tree();
  const same = ['base/usr', 'base/usr/lib', 'upper/usr', 'upper/usr/lib'].map((name) => tree.path(name));
  dated(...same);
  assert.deepEqual(changesOf(tree.layer()), []);
  chmodSync(tree.path('upper/usr/lib'), 0o700);
  assert.deepEqual(changesOf(tree.layer()), ['C /usr', 'C /usr/lib']);
});

test('mount points the runtime made are no change, and neither is the time of what they are in', () => {
  using tree = new Tree();
  const [base, upper] = [tree.path('base/etc'), tree.path('upper/etc')];
  dated(base);
  writeFileSync(join(upper, 'hosts'), '');
  mkdirSync(join(tree.path('upper'), 'proc'));
  mkdirSync(join(tree.path('upper'), 'run'));
  writeFileSync(join(tree.path('upper/run'), '.containerenv'), '');
  const mountPoints = ['etc/hosts', 'proc', 'run/.containerenv'];
  assert.deepEqual(changesOf(tree.layer(...mountPoints)), []);
  writeFileSync(join(upper, 'hosts'), 'written by somebody');
  assert.deepEqual(changesOf(tree.layer(...mountPoints)), ['C /etc', 'A /etc/hosts']);
});

test('a directory made anew hides what was in the one before', () => {
  using tree = new Tree();
  writeFileSync(join(tree.path('base/home/a'), 'x'), '');
  writeFileSync(join(tree.path('middle/home'), 'kept'), '');
  whiteout(tree.path('middle/home'), 'a');
  const upper = tree.path('upper/home');
  makeOpaque(upper);
  writeFileSync(join(upper, 'new'), '');
  assert.deepEqual(changesOf(tree.layer()), ['C /home', 'D /home/kept', 'A /home/new']);
});

test('a layer packed and extracted again is the same upper directory', async () => {
  using tree = new Tree();
  writeFileSync(join(tree.path('base/etc'), 'passwd'), 'root');
  writeFileSync(join(tree.path('base/home/user'), 'x'), '');
  const upper = tree.path('upper');
  whiteout(tree.path('upper/etc'), 'passwd');
  const home = tree.path('upper/home');
  makeOpaque(home);
  writeFileSync(join(home, 'file'), 'x'.repeat(600_000));
  linkSync(join(home, 'file'), join(home, 'twin'));
  symlinkSync('../../../../etc/shadow', join(home, 'link'));
  const fd = tree.fd('upper/home');
  mknodat(fd, 'fifo', S_IFIFO | 0o600);
  const file = openSync(join(home, 'file'), constants.O_RDONLY);
  setXattr(file, 'user.colour', Buffer.from([0, 1, 0xff]));
  closeSync(file);
  const archive = packed((out) => packLayer(tree.layer(), out));
  const target = tree.path('target');
  await extractTar(inPieces(archive, 10_000), target, LAYER_OPTIONS);
  assert.equal(readFileSync(join(target, 'home/file'), 'utf8'), 'x'.repeat(600_000));
  const [one, two] = ['file', 'twin'].map((name) => lstatSync(join(target, 'home', name)).ino);
  assert.equal(one, two);
  assert.equal(lstatSync(join(target, 'etc/passwd')).rdev, 0);
  assert.ok(lstatSync(join(target, 'etc/passwd')).isCharacterDevice());
  assert.ok(lstatSync(join(target, 'home/fifo')).isFIFO());
  assert.deepEqual(getXattr(tree.fd('target/home'), 'trusted.overlay.opaque'), Buffer.from('y'));
  const again = openSync(join(target, 'home/file'), constants.O_RDONLY);
  assert.deepEqual(getXattr(again, 'user.colour'), Buffer.from([0, 1, 0xff]));
  closeSync(again);
  assert.ok(lstatSync(upper).isDirectory());
});

test('a whole tree has every file once, links as links, and no mark of overlayfs', () => {
  using tree = new Tree();
  const root = tree.path('root/d');
  makeOpaque(root);
  writeFileSync(join(root, 'b'), '1234');
  linkSync(join(root, 'b'), join(root, 'c'));
  symlinkSync('/etc/passwd', join(root, 'a'));
  const entries = entriesOf(packed((out) => packTree(tree.fd('root'), out)));
  assert.deepEqual(
    entries.map(({ name, type, linkName, size, xattrs }) => [name, type, linkName, size, xattrs.length]),
    [
      ['d/', 'directory', '', 0, 0],
      ['d/a', 'symlink', '/etc/passwd', 0, 0],
      ['d/b', 'file', '', 4, 0],
      ['d/c', 'link', 'd/b', 0, 0],
    ],
  );
});
