import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import type { TarEntry } from '../../src/archive/entry.ts';
import { TarReader } from '../../src/archive/tar-reader.ts';
import { END_OF_ARCHIVE, encodeEntry, PLAIN, padding } from '../../src/archive/tar-writer.ts';

function read(archive: Buffer): { entry: TarEntry; data: string }[] {
  const members: { entry: TarEntry; data: string }[] = [];
  const reader = new TarReader({
    begin: (entry) => void members.push({ entry, data: '' }),
    data(chunk) {
      const member = members.at(-1);
      if (member) member.data += chunk.toString('latin1');
    },
    finish() {},
  });
  reader.push(archive);
  reader.end();
  return members;
}

function archive(
  ...members: readonly (Partial<TarEntry> & { readonly name: string; readonly data?: string })[]
): Buffer {
  return Buffer.concat([
    ...members.map(({ data = '', ...entry }) => {
      const size = data.length;
      return Buffer.concat([encodeEntry({ ...PLAIN, size, ...entry }), Buffer.from(data), padding(size)]);
    }),
    END_OF_ARCHIVE,
  ]);
}

const ENTRIES: Readonly<Record<string, Partial<TarEntry> & { readonly name: string }>> = {
  'a plain file': {
    name: 'etc/passwd',
    mode: 0o640,
    uid: 1,
    gid: 2,
    mtime: { seconds: 1_700_000_000, nanoseconds: 0 },
  },
  'a name of exactly what fits': { name: 'x'.repeat(100) },
  'a name longer than the field': { name: `${'d'.repeat(150)}/${'f'.repeat(150)}` },
  'a name that is not UTF-8': { name: 'a\xff\xfe' },
  'a name of spaces and line ends': { name: 'a b\nc' },
  'a long link': { name: 'l', type: 'symlink', linkName: `/${'t'.repeat(300)}` },
  'a hard link': { name: 'h', type: 'link', linkName: 'etc/passwd' },
  'a directory with the sticky bit': { name: 'tmp/', type: 'directory', mode: 0o1777 },
  'a device': { name: 'null', type: 'character', major: 1, minor: 3 },
  'a device with large numbers': { name: 'sdx', type: 'block', major: 0xfff, minor: 0xfffff },
  'a FIFO': { name: 'f', type: 'fifo' },
  'owners beyond octal': { name: 'o', uid: 3_000_000_000, gid: 2_097_152 },
  'a time before the epoch': { name: 't', mtime: { seconds: -2, nanoseconds: 500_000_000 } },
  'a fraction of a second': { name: 't', mtime: { seconds: 5, nanoseconds: 120_000_000 } },
  'binary attributes': { name: 'p', xattrs: [['security.capability', Buffer.from([1, 0, 0, 2, 0x0a, 0x3d, 0xff])]] },
};

for (const [what, entry] of Object.entries(ENTRIES)) {
  test(`${what} is read as it was written`, () => {
    assert.deepEqual(
      read(archive(entry)).map((member) => member.entry),
      [{ ...PLAIN, ...entry }],
    );
  });
}

test('a size beyond octal goes to a PAX record', () => {
  const size = 8 ** 11;
  const entries: TarEntry[] = [];
  const reader = new TarReader({ begin: (entry) => void entries.push(entry), data() {}, finish() {} });
  reader.push(encodeEntry({ ...PLAIN, name: 'large', size }));
  assert.equal(entries[0]?.size, size);
});

test('data is padded to whole blocks and follows its own header', () => {
  const written = archive(
    { name: 'a', data: 'x'.repeat(511) },
    { name: 'b', data: '' },
    { name: 'c', data: 'y'.repeat(513) },
  );
  assert.equal(written.length % 512, 0);
  assert.deepEqual(
    read(written).map(({ entry, data }) => [entry.name, data.length]),
    [
      ['a', 511],
      ['b', 0],
      ['c', 513],
    ],
  );
});

test('the host’s tar reads the same names', () => {
  const names = ['plain', 'd'.repeat(120), 'ünïcode'];
  const members = names.map((name) => ({ name: Buffer.from(name).toString('latin1'), data: 'x' }));
  const listed = execFileSync('tar', ['-t', '--quoting-style=literal'], {
    input: archive(...members),
    encoding: 'utf8',
  });
  assert.deepEqual(listed.trim().split('\n'), names);
});
