import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { decompress } from '../../src/archive/decompress.ts';
import { ArchiveError } from '../../src/archive/errors.ts';
import { COPY_OPTIONS, type ExtractOptions, extractTar, LAYER_OPTIONS } from '../../src/archive/extract.ts';
import { temporaryDirectory } from '../support/directory.ts';
import { inPieces, type Member, member, padded, tar } from '../support/tar.ts';

const evil = 'owned';
const long = (length: number) => 'n'.repeat(length);
const file = (name: string, rest: Partial<Member> = {}): Member => ({ name, data: evil, ...rest });
const directory = (name: string): Member => ({ name, type: '5' });
const symlink = (name: string, linkName: string): Member => ({ name, type: '2', linkName });
const link = (name: string, linkName: string): Member => ({ name, type: '1', linkName });

/** An archive, and whether it must be refused; one that is not refused must do no harm. */
interface Case {
  readonly archive: Buffer;
  readonly refused: boolean;
  readonly options?: Partial<ExtractOptions>;
}
const refused = (archive: Buffer, options?: Partial<ExtractOptions>): Case => ({
  archive,
  refused: true,
  ...(options && { options }),
});
const contained = (...members: Member[]): Case => ({ archive: tar(...members), refused: false });

/** `%` stands for the directory that holds the root and, beside it, what must not be touched. */
function corpus(outside: string): Record<string, Case> {
  return {
    'a name that climbs out': refused(tar(file('../canary'))),
    'a name that climbs out in the middle': refused(tar(file('a/../../canary'))),
    'a name of many dots': refused(tar(file(`${'../'.repeat(40)}${outside}/canary`))),
    'a directory that climbs out': refused(tar(directory('../made'))),
    'an absolute name': contained(file(`${outside}/canary`)),
    'an absolute name with doubled slashes': contained(file(`//${outside}//canary`)),
    'a climbing name in a PAX header': refused(tar(file('x', { pax: { path: '../canary' } }))),
    'a climbing name in a GNU long name': refused(
      tar({ name: '././@LongLink', type: 'L', data: '../canary\0' }, file('x')),
    ),
    'a climbing sparse name': refused(tar(file('x', { pax: { 'GNU.sparse.name': '../canary' } }))),
    'a climbing name behind the prefix': refused(
      tar(file('canary', { patch: (block) => void block.write('..', 345) })),
    ),
    'writing through an absolute symbolic link': refused(tar(symlink('l', outside), file('l/canary'))),
    'writing through a relative symbolic link': contained(symlink('l', '..'), file('l/canary')),
    'writing through a chain of links': contained(
      symlink('a', '..'),
      symlink('b', 'a/..'),
      symlink('c', 'b/..'),
      file(`c${outside}/canary`),
    ),
    'writing through a link inside a directory': contained(directory('d'), symlink('d/l', '../..'), file('d/l/canary')),
    'a file over a symbolic link': contained(symlink('l', `${outside}/canary`), file('l')),
    'a directory over a symbolic link, then in it': contained(symlink('l', outside), directory('l'), file('l/canary')),
    'the mode of a directory over a symbolic link': contained(symlink('l', outside), {
      name: 'l',
      type: '5',
      mode: 0o777,
      uid: 99,
    }),
    'a symbolic link over a directory, then in it': refused(
      tar(directory('d'), file('d/x'), symlink('d', outside), file('d/canary')),
    ),
    'a device over a symbolic link': contained(symlink('l', `${outside}/canary`), { name: 'l', type: '6' }),
    'through /proc/self/root': refused(tar(symlink('l', `/proc/self/root${outside}`), file('l/canary'))),
    'through /proc/self/cwd': refused(tar(symlink('proc', '/proc/self/cwd'), file('proc/canary'))),
    'through a descriptor link': refused(tar(symlink('l', '/proc/self/fd/3'), file('l/canary'))),
    'a loop of symbolic links': refused(tar(symlink('a', 'b'), symlink('b', 'a'), file('a/x'))),
    'a dangling link as a parent': refused(tar(symlink('a', 'nowhere'), file('a/x'))),
    'a hard link to a climbing name': refused(tar(link('l', '../canary'), file('l'))),
    'a hard link to an absolute name': refused(tar(link('l', `${outside}/canary`), file('l'))),
    'a hard link through a symbolic link': refused(tar(symlink('s', outside), link('l', 's/canary'), file('l'))),
    'a hard link to a symbolic link, then a write': contained(
      symlink('s', `${outside}/canary`),
      link('l', 's'),
      file('l'),
    ),
    'a hard link to a symbolic link, then a mode': contained(symlink('s', `${outside}/canary`), {
      ...link('l', 's'),
      mode: 0o777,
      uid: 99,
    }),
    'a hard link to the root': refused(tar(link('l', '/'))),
    'a hard link to a directory': refused(tar(directory('d'), link('l', 'd'))),
    'a hard link to itself': refused(tar(link('l', 'l'))),
    'a hard link to nothing': refused(tar(link('l', 'nothing'))),
    'a hard link in a PAX header': refused(tar({ ...link('l', 'x'), pax: { linkpath: '../canary' } })),
    'a file in the place of the root': refused(tar(file('.'))),
    'a symbolic link in the place of the root': refused(tar(symlink('./', outside), file('canary'))),
    'a name of dots that is the root': refused(tar(symlink('a/..', outside))),
    'an empty name': refused(tar(file(''))),
    'a whiteout of the root': refused(tar(file('.wh..'))),
    'a whiteout of the parent': refused(tar(file('.wh...'))),
    'a whiteout of nothing': refused(tar(file('.wh.'))),
    'a whiteout through a link': refused(tar(symlink('l', outside), file('l/.wh.canary'))),
    'opaque through a link': refused(tar(symlink('l', outside), file('l/.wh..wh..opq'))),
    'a whiteout that climbs': refused(tar(file('../.wh.canary'))),
    'a directory named as a whiteout': contained(directory('.wh.d'), file('.wh.d/x')),
    'a device number out of range': refused(tar({ name: 'd', type: '4', major: 0x1000, minor: 1 })),
    'a minor number out of range': refused(tar({ name: 'd', type: '3', major: 1, minor: 0x100000 })),
    'a negative device number': refused(tar({ name: 'd', type: '3', major: -1, minor: 0 })),
    'writing to a device of the archive': contained({ name: 'null', type: '3', major: 1, minor: 3 }, file('null')),
    'a file where a directory must be': refused(tar(file('f'), file('f/x'))),
    'a FIFO where a directory must be': refused(tar({ name: 'f', type: '6' }, file('f/x'))),
    'overlay attributes of redirection': contained({
      ...directory('d'),
      pax: { 'SCHILY.xattr.trusted.overlay.redirect': outside },
    }),
    'an attribute with an unknown class': contained(file('x', { pax: { 'SCHILY.xattr.nonsense.x': 'y' } })),
    'an attribute without a name': refused(tar(file('x', { pax: { 'SCHILY.xattr.user.': 'y' } }))),
    'a component of 256 bytes': refused(tar(file('x', { pax: { path: long(256) } }))),
    'a path of 5000 bytes': refused(tar(file('x', { pax: { path: `${long(99)}/`.repeat(50) } }))),
    'a path 600 deep': refused(tar(file('x', { pax: { path: 'a/'.repeat(600) } }))),
    'a symbolic link of 5000 bytes': refused(tar({ ...symlink('l', ''), pax: { linkpath: long(5000) } })),
    'a symbolic link to nothing': refused(tar(symlink('l', ''))),
    'a NUL byte in a PAX name': refused(tar(file('x', { pax: { path: 'a\0b' } }))),
    'a NUL byte in a PAX link': refused(tar({ ...symlink('l', ''), pax: { linkpath: 'a\0b' } })),
    'a name extension of 2 MiB': refused(tar({ name: 'L', type: 'L', data: long(2 * 1024 * 1024) }, file('x'))),
    'a negative size': refused(tar(file('x', { size: -512 }))),
    'a size beyond 2^53': refused(
      tar(file('x', { patch: (block) => void block.fill(0x7f, 125, 136).writeUInt8(0x80, 124) })),
    ),
    'a size in a PAX header that is no number': refused(tar(file('x', { pax: { size: '1e3' } }))),
    'a size that swallows the rest': refused(tar(file('x', { size: 4096 }))),
    'an owner out of range': refused(tar(file('x', { pax: { uid: '4294967295' } }))),
    'a member of unknown type': refused(tar(file('x', { type: 'Z' }))),
    'a wrong checksum': refused(tar(file('x', { checksum: 1 }))),
    'letters in a number': refused(tar(file('x', { patch: (block) => void block.write('zzzz', 100) }))),
    'damaged PAX records': refused(tar({ name: 'p', type: 'x', data: '999 path=../canary\n' }, file('x'))),
    'a PAX record of length 0': refused(tar({ name: 'p', type: 'x', data: '0 path=../canary\n' }, file('x'))),
    'a sparse file with overlapping parts': refused(
      tar(file('x', { pax: { 'GNU.sparse.size': '100', 'GNU.sparse.map': '0,3,1,2' } })),
    ),
    'a sparse file with a part beyond its end': refused(
      tar(file('x', { pax: { 'GNU.sparse.size': '4', 'GNU.sparse.map': '0,5' } })),
    ),
    'a sparse file with more data than parts': refused(
      tar(file('x', { pax: { 'GNU.sparse.size': '100', 'GNU.sparse.map': '0,3' } })),
    ),
    'a sparse file with a huge count': refused(
      tar(
        file('x', {
          data: padded(Buffer.from('99999999999\n')),
          pax: { 'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.realsize': '5' },
        }),
      ),
    ),
    'a sparse file of an exabyte': refused(
      tar(file('x', { data: '', pax: { 'GNU.sparse.size': `${2 ** 50}`, 'GNU.sparse.map': '0,0' } })),
    ),
    'truncated in a header': refused(tar(file('x')).subarray(0, 300)),
    'truncated in data': refused(tar(file('x', { data: long(2000) })).subarray(0, 1500)),
    'truncated in padding': refused(tar(file('x')).subarray(0, 600)),
    'truncated in a long name': refused(tar({ name: 'L', type: 'L', data: long(900) }).subarray(0, 1000)),
    garbage: refused(Buffer.alloc(4096, 'garbage ')),
    'a member after one zero block': refused(Buffer.concat([member(file('x')), Buffer.alloc(512), tar(file('y'))])),
    'a member after the end': { archive: Buffer.concat([tar(file('x')), member(file('../canary'))]), refused: false },
    'damaged gzip': refused(Buffer.concat([gzipSync(tar(file('x'))).subarray(0, 30), Buffer.alloc(100, 0xff)])),
    'truncated gzip': refused(gzipSync(tar(file('x'))).subarray(0, -12)),
    'garbage behind a gzip magic': refused(Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(1000, 0x41)])),
    'truncated zstd': refused(zstdCompressSync(tar(file('x'))).subarray(0, -5)),
    'garbage behind a zstd magic': refused(Buffer.concat([Buffer.from('28b52ffd', 'hex'), Buffer.alloc(1000, 0x41)])),
    'an unsupported compression': refused(Buffer.from('BZh91AY&SY')),
    'gzip in gzip': refused(gzipSync(gzipSync(tar(file('x'))))),
    'a bomb': refused(gzipSync(tar(file('x', { data: Buffer.alloc(3_000_000) }))), {
      limits: { ...LAYER_OPTIONS.limits, maxBytes: 1_000_000 },
    }),
    'too many members': refused(tar(...Array.from({ length: 11 }, (_, i) => file(`${i}`))), {
      limits: { ...LAYER_OPTIONS.limits, maxEntries: 10 },
    }),
  };
}

/** Everything about what lies outside that an attack could change. */
function fingerprint(outside: string): unknown {
  return readdirSync(outside).map((name) => {
    const { mode, uid, gid, nlink, size, mtimeMs, ino } = statSync(join(outside, name));
    const here = statSync(outside);
    return [name, mode, uid, gid, nlink, size, mtimeMs, ino, here.mode, here.uid, here.mtimeMs];
  });
}

async function attempt(root: string, { archive, options }: Case, base: ExtractOptions): Promise<unknown> {
  try {
    await extractTar(decompress(inPieces(archive)), root, { ...base, ...options });
    return undefined;
  } catch (error) {
    return error;
  }
}

for (const [purpose, base] of [
  ['layers', LAYER_OPTIONS],
  ['copies', COPY_OPTIONS],
] as const) {
  describe(`hostile archives as ${purpose}`, () => {
    for (const name of Object.keys(corpus('/'))) {
      it(name, async () => {
        using temporary = temporaryDirectory();
        const outside = join(temporary.path, 'outside');
        const root = join(temporary.path, 'root');
        mkdirSync(outside);
        mkdirSync(root);
        writeFileSync(join(outside, 'canary'), 'alive');
        symlinkSync('canary', join(temporary.path, 'decoy'));
        const case_ = corpus(outside)[name];
        assert.ok(case_);
        const before = fingerprint(outside);
        const error = await attempt(root, case_, base);
        assert.deepEqual(fingerprint(outside), before);
        assert.equal(readFileSync(join(outside, 'canary'), 'utf8'), 'alive');
        assert.deepEqual(readdirSync(temporary.path).sort(), ['decoy', 'outside', 'root']);
        if (error !== undefined) assert.ok(error instanceof ArchiveError, `${error}`);
        // Whiteouts, and what may take a directory's place, mean something for layers only.
        if (purpose === 'layers') assert.equal(error !== undefined, case_.refused, `${error}`);
      });
    }
  });
}

describe('an archive that gives way to a rival', () => {
  it('stays inside the root while another process swaps directories for links', async () => {
    using temporary = temporaryDirectory();
    const outside = join(temporary.path, 'outside');
    const root = join(temporary.path, 'root');
    mkdirSync(outside);
    mkdirSync(join(root, 'd'), { recursive: true });
    symlinkSync(outside, join(root, 'link'));
    const rival = `for i in $(seq 300); do mv -T ${root}/d ${root}/x; mv -T ${root}/link ${root}/d; mv -T ${root}/d ${root}/link; mv -T ${root}/x ${root}/d; done`;
    const archive = tar(...Array.from({ length: 3000 }, (_, i) => [file(`d/${i}`), file(`e${i}`)]).flat());
    const { spawn } = await import('node:child_process');
    const child = spawn('sh', ['-c', rival], { stdio: 'ignore' });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    while (child.exitCode === null && child.signalCode === null) {
      await attempt(root, { archive, refused: false }, COPY_OPTIONS);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await ended;
    assert.deepEqual(readdirSync(outside), []);
  });
});
