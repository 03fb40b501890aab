import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  constants,
  linkSync,
  lutimesSync,
  mkdirSync,
  openSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { O_PATH } from '@selkie/native/path';
import { setXattr } from '@selkie/native/xattr';
import type { TarEntry } from '../../src/archive/entry.ts';
import { Packer } from '../../src/archive/pack.ts';
import { TarReader } from '../../src/archive/tar-reader.ts';
import { View } from '../../src/archive/view.ts';
import { temporaryDirectory } from '../support/directory.ts';

type Packed = Pick<TarEntry, 'name' | 'type'> & { readonly entry: TarEntry; readonly data: string };

/** What an archive holds. */
function read(archive: Buffer): Packed[] {
  const members: (Packed & { data: string })[] = [];
  const reader = new TarReader({
    begin: (entry) => void members.push({ name: entry.name, type: entry.type, entry, data: '' }),
    data: (chunk) => {
      const last = members.at(-1);
      if (last !== undefined) last.data += chunk.toString('latin1');
    },
    finish: () => {},
  });
  reader.push(archive);
  reader.end();
  return members;
}

function pack(root: string, path: string, name: string, meanwhile: (piece: number) => void = () => {}): Packed[] {
  using view = new View(openSync(root, O_PATH | constants.O_DIRECTORY));
  using place = view.resolve(path, { followLast: false });
  const pieces: Buffer[] = [];
  for (const piece of new Packer(view).pack(place, name)) {
    pieces.push(Buffer.from(piece));
    meanwhile(pieces.length);
  }
  return read(Buffer.concat(pieces));
}

const names = (members: readonly Packed[]) => members.map(({ name }) => name).sort();

describe('packing', () => {
  it('keeps kinds, modes, owners, times, links and attributes', () => {
    using root = temporaryDirectory();
    const at = (name: string) => join(root.path, 'top', name);
    mkdirSync(at('d'), { recursive: true });
    writeFileSync(at('file'), 'data');
    chmodSync(at('file'), 0o4751);
    setXattr(openSync(at('file'), 'r'), 'user.note', Buffer.from('kept'));
    linkSync(at('file'), at('z-same'));
    symlinkSync('/etc/passwd', at('link'));
    execFileSync('mkfifo', [at('fifo')]);
    execFileSync('mknod', [at('null'), 'c', '1', '300']);
    lutimesSync(at('link'), 5, 1_234.5);
    const members = pack(root.path, '/top', 'named');
    assert.deepEqual(names(members), [
      'named/',
      'named/d/',
      'named/fifo',
      'named/file',
      'named/link',
      'named/null',
      'named/z-same',
    ]);
    const of = (name: string) => members.find((member) => member.name === `named/${name}`);
    const file = of('file');
    const same = of('z-same');
    const [first, second] = file?.type === 'file' ? [file, same] : [same, file];
    assert.deepEqual(
      [first?.data, first?.entry.mode, second?.type, second?.entry.linkName],
      ['data', 0o4751, 'link', first?.name],
    );
    assert.equal(first?.entry.xattrs.find(([name]) => name === 'user.note')?.[1].toString(), 'kept');
    assert.deepEqual([of('link')?.type, of('link')?.entry.linkName], ['symlink', '/etc/passwd']);
    assert.deepEqual(of('link')?.entry.mtime, { seconds: 1_234, nanoseconds: 500_000_000 });
    assert.equal(of('fifo')?.type, 'fifo');
    const { type, major, minor } = of('null')?.entry ?? {};
    assert.deepEqual({ type, major, minor }, { type: 'character', major: 1, minor: 300 });
  });

  it('takes names that are no text and names longer than a header', () => {
    using root = temporaryDirectory();
    const long = 'n'.repeat(200);
    writeFileSync(Buffer.concat([Buffer.from(`${root.path}/`), Buffer.from([0xff, 0xfe])]), '');
    writeFileSync(join(root.path, long), 'long');
    assert.deepEqual(names(pack(root.path, '/', './')), ['./', `./${long}`, './\xff\xfe'].sort());
  });

  it('leaves sockets out', async () => {
    using root = temporaryDirectory();
    const server = createServer().listen(join(root.path, 'socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    assert.deepEqual(names(pack(root.path, '/', '/')), ['/']);
    server.close();
  });

  it('gives a file that shrinks while it is read the size its header says', () => {
    using root = temporaryDirectory();
    const file = join(root.path, 'file');
    writeFileSync(file, 'x'.repeat(1_000_000));
    const [member] = pack(root.path, '/file', 'file', (piece) => piece === 2 && truncateSync(file, 300_000));
    assert.equal(member?.data.length, 1_000_000);
    assert.match(member?.data ?? '', /^x+\0+$/);
  });

  it('gives a file that grows while it is read no more than its header says', () => {
    using root = temporaryDirectory();
    const file = join(root.path, 'file');
    writeFileSync(file, 'x'.repeat(300_000));
    const [member] = pack(root.path, '/file', 'file', (piece) => piece === 2 && truncateSync(file, 1_000_000));
    assert.equal(member?.data.length, 300_000);
  });

  it('passes over what goes while it is listed', () => {
    using root = temporaryDirectory();
    for (const name of ['a', 'b', 'c']) writeFileSync(join(root.path, name), name);
    const found = names(
      pack(root.path, '/', './', (piece) => {
        if (piece === 1) for (const name of ['a', 'b', 'c']) rmSync(join(root.path, name));
      }),
    );
    assert.deepEqual(found, ['./']);
  });

  it('gives up on directories nested without end', () => {
    using root = temporaryDirectory();
    let at = root.path;
    for (let depth = 0; depth < 600; depth++) at = join(at, 'd');
    mkdirSync(at, { recursive: true });
    assert.throws(() => pack(root.path, '/', './'), /nested too deeply/);
  });

  it('opens nothing but plain files: a pipe without a writer would keep it for ever', () => {
    using root = temporaryDirectory();
    execFileSync('mkfifo', [join(root.path, 'fifo')]);
    const [member] = pack(root.path, '/fifo', 'fifo');
    assert.deepEqual([member?.type, member?.data], ['fifo', '']);
  });
});
