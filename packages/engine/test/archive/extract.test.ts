import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { O_PATH } from '@selkie/native/path';
import { getXattr, listXattrs } from '@selkie/native/xattr';
import { ArchiveError } from '../../src/archive/errors.ts';
import { COPY_OPTIONS, type ExtractOptions, extractTar, LAYER_OPTIONS } from '../../src/archive/extract.ts';
import { temporaryDirectory } from '../support/directory.ts';
import { inPieces, type Member, member, padded, tar } from '../support/tar.ts';

async function extract(root: string, archive: Buffer, options: ExtractOptions = LAYER_OPTIONS) {
  return await extractTar(inPieces(archive, 700), root, options);
}

/** The extended attribute of a file, of a link itself. */
function xattr(path: string, name: string): string | undefined {
  const fd = openSync(path, O_PATH | constants.O_NOFOLLOW);
  try {
    return getXattr(fd, name)?.toString('latin1');
  } finally {
    closeSync(fd);
  }
}

const isWhiteout = (path: string) => lstatSync(path).isCharacterDevice() && lstatSync(path).rdev === 0;
const file = (name: string, data = 'data'): Member => ({ name, data });
const directory = (name: string): Member => ({ name, type: '5' });

describe('extracting', () => {
  it('makes files, directories, links and special files with owner, mode and time', async () => {
    using root = temporaryDirectory();
    await extract(
      root.path,
      tar(
        { name: './', type: '5', mode: 0o751, mtime: 5 },
        { name: 'd', type: '5', mode: 0o1777, uid: 7, gid: 8, mtime: 1_234 },
        { name: 'd/su', data: 'program', mode: 0o4755, uid: 1, gid: 2, mtime: 77 },
        { name: 'd/empty', mode: 0o400 },
        { name: 'd/sym', type: '2', linkName: '../any where', uid: 3, gid: 4, mtime: 99 },
        { name: 'd/hard', type: '1', linkName: 'd/su' },
        { name: 'd/absolute', type: '1', linkName: '/d/sym' },
        { name: 'pipe', type: '6', mode: 0o622, mtime: 11 },
        { name: 'null', type: '3', major: 1, minor: 300, mode: 0o666, uid: 9 },
        { name: 'disk', type: '4', major: 259, minor: 5, mode: 0o660, gid: 6 },
      ),
    );
    const of = (name: string) => {
      const { mode, uid, gid, mtimeMs, nlink } = lstatSync(join(root.path, name));
      return { mode: mode.toString(8), uid, gid, mtime: mtimeMs / 1000, nlink };
    };
    assert.deepEqual(of('.'), { mode: '40751', uid: 0, gid: 0, mtime: 5, nlink: 3 });
    assert.deepEqual(of('d'), { mode: '41777', uid: 7, gid: 8, mtime: 1_234, nlink: 2 });
    assert.deepEqual(of('d/su'), { mode: '104755', uid: 1, gid: 2, mtime: 77, nlink: 2 });
    assert.deepEqual(of('d/hard'), of('d/su'));
    assert.deepEqual(of('d/empty'), { mode: '100400', uid: 0, gid: 0, mtime: 1_000_000_000, nlink: 1 });
    assert.deepEqual(of('d/sym'), { mode: '120777', uid: 3, gid: 4, mtime: 99, nlink: 2 });
    assert.equal(readlinkSync(join(root.path, 'd/sym')), '../any where');
    assert.equal(lstatSync(join(root.path, 'd/absolute')).ino, lstatSync(join(root.path, 'd/sym')).ino);
    assert.deepEqual(of('pipe'), { mode: '10622', uid: 0, gid: 0, mtime: 11, nlink: 1 });
    assert.equal(of('null').mode, '20666');
    assert.equal(of('null').uid, 9);
    // As stat prints them: hexadecimal major and minor.
    assert.equal(execFileSync('stat', ['-c', '%t:%T', join(root.path, 'null')], { encoding: 'utf8' }), '1:12c\n');
    assert.equal(of('disk').mode, '60660');
    assert.equal(execFileSync('stat', ['-c', '%t:%T', join(root.path, 'disk')], { encoding: 'utf8' }), '103:5\n');
    assert.equal(readFileSync(join(root.path, 'd/su'), 'utf8'), 'program');
  });

  it('whatever the pieces the stream comes in', async () => {
    const archive = tar(directory('d'), file('d/a', 'x'.repeat(1025)), {
      ...file('b'),
      pax: { path: 'long'.repeat(40) },
    });
    for (const size of [1, 7, 511, 512, 513, 4096]) {
      using root = temporaryDirectory();
      await extractTar(inPieces(archive, size), root.path, LAYER_OPTIONS);
      assert.deepEqual(readdirSync(root.path).sort(), ['d', 'long'.repeat(40)]);
      assert.equal(readFileSync(join(root.path, 'd/a'), 'utf8'), 'x'.repeat(1025));
    }
  });

  it('takes times before 1970 and of nanoseconds, and numbers in base 256', async () => {
    using root = temporaryDirectory();
    const large = 2_500_000_000;
    await extract(
      root.path,
      tar(
        { ...file('nano'), pax: { mtime: '1700000000.1234567899' } },
        { ...file('before'), pax: { mtime: '-1.25' } },
        { ...file('base256'), uid: large, mtime: -100 },
      ),
    );
    const mtime = (name: string) => lstatSync(join(root.path, name), { bigint: true }).mtimeNs;
    assert.equal(mtime('nano'), 1_700_000_000_123_456_789n);
    assert.equal(mtime('before'), -1_250_000_000n);
    assert.equal(mtime('base256'), -100_000_000_000n);
    assert.equal(lstatSync(join(root.path, 'base256')).uid, large);
  });

  it('keeps binary extended attributes, file capabilities last a change of owner', async () => {
    using root = temporaryDirectory();
    // cap_setuid (bit 7): its byte 0x80 is no UTF-8.
    const capability = Buffer.from('0100000280000000000000000000000000000000', 'hex');
    await extract(
      root.path,
      tar(
        {
          ...file('su'),
          uid: 5,
          mode: 0o4755,
          pax: { 'SCHILY.xattr.security.capability': capability },
        },
        { ...directory('d'), pax: { 'SCHILY.xattr.user.label': 'äöü' } },
        {
          name: 'l',
          type: '2',
          linkName: 'su',
          pax: { 'SCHILY.xattr.trusted.on-link': 'yes', 'SCHILY.xattr.user.on-link': 'no' },
        },
      ),
    );
    assert.equal(xattr(join(root.path, 'su'), 'security.capability'), capability.toString('latin1'));
    assert.equal(lstatSync(join(root.path, 'su')).mode & 0o7777, 0o4755);
    assert.equal(xattr(join(root.path, 'd'), 'user.label'), Buffer.from('äöü').toString('latin1'));
    assert.equal(xattr(join(root.path, 'l'), 'trusted.on-link'), 'yes');
  });

  it('keeps names that are not UTF-8', async () => {
    using root = temporaryDirectory();
    const name = Buffer.from('caf\xe9', 'latin1');
    await extract(
      root.path,
      tar({ name, data: 'x' }, { ...file('y'), pax: { path: Buffer.from('d\xff/\xfe', 'latin1') } }),
    );
    assert.deepEqual(readdirSync(root.path, { encoding: 'latin1' }).sort(), ['caf\xe9', 'd\xff']);
    assert.deepEqual(readdirSync(Buffer.from(`${root.path}/d\xff`, 'latin1'), { encoding: 'latin1' }), ['\xfe']);
  });

  it('reads what GNU tar writes: long names, long links, sparse files in all four formats', async () => {
    for (const format of [
      ['--format=gnu'],
      ['--format=pax', '--sparse-version=0.0'],
      ['--format=pax', '--sparse-version=0.1'],
      ['--format=pax', '--sparse-version=1.0'],
    ]) {
      using source = temporaryDirectory();
      using root = temporaryDirectory();
      const deep = `${'directory-name/'.repeat(12)}file`;
      execFileSync('mkdir', ['-p', join(source.path, deep, '..')]);
      writeFileSync(join(source.path, deep), 'deep');
      execFileSync('ln', ['-s', 'x'.repeat(300), join(source.path, 'link')]);
      // Many holes, so that GNU's map needs blocks of its own.
      const holes = `for i in $(seq 0 60); do printf part$i | dd of=sparse bs=1 seek=$((i * 65536)) conv=notrunc status=none; done; truncate -s 8M sparse`;
      execFileSync('sh', ['-c', holes], { cwd: source.path });
      const archive = execFileSync('tar', ['-c', '--sparse', ...format, '.'], { cwd: source.path, maxBuffer: 2 ** 26 });
      const { size } = await extract(root.path, archive);
      assert.equal(readFileSync(join(root.path, deep), 'utf8'), 'deep');
      assert.equal(readlinkSync(join(root.path, 'link')), 'x'.repeat(300));
      assert.deepEqual(
        readFileSync(join(root.path, 'sparse')),
        readFileSync(join(source.path, 'sparse')),
        format.join(),
      );
      assert.ok(lstatSync(join(root.path, 'sparse')).blocks < 2048);
      assert.ok(size < 1024 * 1024);
    }
  });

  it('reads what bsd-like and old writers write: no magic, no end mark, a directory by its slash', async () => {
    using root = temporaryDirectory();
    const old = { magic: '' };
    await extract(root.path, Buffer.concat([member({ ...old, name: 'd/' }), member({ ...old, ...file('d/x') })]));
    assert.equal(readFileSync(join(root.path, 'd/x'), 'utf8'), 'data');
    assert.equal((await extract(root.path, Buffer.alloc(0))).size, 0);
  });

  it('passes over global headers, and data behind the end', async () => {
    using root = temporaryDirectory();
    await extract(
      root.path,
      Buffer.concat([
        member({ name: 'g', type: 'g', data: padded(Buffer.from('25 comment=of a whole git\n')) }),
        tar(file('x')),
        Buffer.alloc(700, 1),
      ]),
    );
    assert.deepEqual(readdirSync(root.path), ['x']);
  });

  it('lets a later member of the same name win, of any kind', async () => {
    using root = temporaryDirectory();
    await extract(
      root.path,
      tar(
        file('a', 'old'),
        file('a', 'new'),
        directory('b'),
        file('b/x'),
        file('b', 'file'),
        file('c'),
        directory('c'),
        file('c/x'),
        { name: 'e', type: '2', linkName: 'a' },
        file('e', 'own'),
      ),
    );
    assert.equal(readFileSync(join(root.path, 'a'), 'utf8'), 'new');
    assert.equal(readFileSync(join(root.path, 'b'), 'utf8'), 'file');
    assert.deepEqual(readdirSync(join(root.path, 'c')), ['x']);
    assert.equal(readFileSync(join(root.path, 'e'), 'utf8'), 'own');
  });

  it('puts members of a directory that replaced a link in the directory, not where the link led', async () => {
    using root = temporaryDirectory();
    await extract(
      root.path,
      tar(directory('d'), { name: 'l', type: '2', linkName: 'd' }, file('l/a'), directory('l'), file('l/b')),
    );
    assert.deepEqual(readdirSync(join(root.path, 'd')), ['a']);
    assert.deepEqual(readdirSync(join(root.path, 'l')), ['b']);
  });

  it('counts each file once and names the directories that had no member', async () => {
    using root = temporaryDirectory();
    const result = await extract(
      root.path,
      tar(file('a/b/x', '12345'), { name: 'y', type: '1', linkName: 'a/b/x' }, directory('a')),
    );
    assert.equal(result.size, 5);
    assert.deepEqual(result.implicit, [[], ['a', 'b']]);
  });

  it('names the reason and the member when it refuses', async () => {
    using root = temporaryDirectory();
    await assert.rejects(extract(root.path, tar(file('fine'), file('../x'))), (error: unknown) => {
      assert.ok(error instanceof ArchiveError);
      assert.equal(error.message, '"../x": the path leads out of the root');
      return true;
    });
  });

  it('stops at an abort, and leaves no descriptor open', async () => {
    using root = temporaryDirectory();
    const open = () => readdirSync('/proc/self/fd').length;
    const before = open();
    const controller = new AbortController();
    async function* endless() {
      yield member({ ...file('x'), size: 2 ** 30 });
      for (;;) {
        controller.abort(new Error('enough'));
        yield Buffer.alloc(512);
      }
    }
    await assert.rejects(extractTar(endless(), root.path, LAYER_OPTIONS, controller.signal), /enough/);
    assert.equal(open(), before);
  });
});

describe('extracting a copy', () => {
  it('keeps names with whiteout prefixes as they are, and leaves the root alone', async () => {
    using root = temporaryDirectory();
    const mode = lstatSync(root.path).mode;
    await extract(root.path, tar({ name: '.', type: '5', mode: 0o707 }, file('.wh.x')), COPY_OPTIONS);
    assert.deepEqual(readdirSync(root.path), ['.wh.x']);
    assert.equal(lstatSync(root.path).mode, mode);
  });

  it('merges into directories, replaces files, and never a directory by a file', async () => {
    using root = temporaryDirectory();
    mkdirSync(join(root.path, 'd'));
    writeFileSync(join(root.path, 'd/kept'), '');
    writeFileSync(join(root.path, 'f'), 'old');
    await extract(root.path, tar(directory('d'), file('d/new'), file('f', 'new')), COPY_OPTIONS);
    assert.deepEqual(readdirSync(join(root.path, 'd')).sort(), ['kept', 'new']);
    assert.equal(readFileSync(join(root.path, 'f'), 'utf8'), 'new');
    await assert.rejects(
      extract(root.path, tar(file('d')), COPY_OPTIONS),
      /cannot overwrite directory "d" with a non-directory/,
    );
  });

  it('gives everything the owner asked for', async () => {
    using root = temporaryDirectory();
    await extract(root.path, tar(directory('d'), { ...file('d/x'), uid: 1 }), {
      ...COPY_OPTIONS,
      owner: { uid: 12, gid: 34 },
    });
    for (const name of ['d', 'd/x'])
      assert.deepEqual([lstatSync(join(root.path, name)).uid, lstatSync(join(root.path, name)).gid], [12, 34]);
  });
});

describe('whiteouts', () => {
  it('become 0:0 character devices and opaque directories', async () => {
    using root = temporaryDirectory();
    await extract(
      root.path,
      tar(file('.wh.gone'), directory('d'), file('d/.wh..wh..opq'), file('d/x'), file('e/.wh.y'), file('.wh..wh.plnk')),
    );
    assert.ok(isWhiteout(join(root.path, 'gone')));
    assert.ok(isWhiteout(join(root.path, 'e/y')));
    assert.equal(xattr(join(root.path, 'd'), 'trusted.overlay.opaque'), 'y');
    assert.equal(xattr(join(root.path, 'e'), 'trusted.overlay.opaque'), undefined);
    assert.deepEqual(readdirSync(root.path).sort(), ['d', 'e', 'gone']);
  });

  it('concern lower layers only: what the same layer brings stays, and hides what was below', async () => {
    using root = temporaryDirectory();
    await extract(
      root.path,
      tar(
        file('f'),
        file('.wh.f'),
        directory('d'),
        file('d/x'),
        file('.wh.d'),
        file('.wh.later'),
        directory('later'),
        file('.wh.deep'),
        file('deep/x'),
      ),
    );
    assert.ok(lstatSync(join(root.path, 'f')).isFile());
    for (const name of ['d', 'later', 'deep'])
      assert.equal(xattr(join(root.path, name), 'trusted.overlay.opaque'), 'y', name);
    assert.deepEqual(readdirSync(join(root.path, 'd')), ['x']);
  });

  it("keep a layer's own overlay attributes from meaning anything", async () => {
    using root = temporaryDirectory();
    await extract(root.path, tar({ ...directory('d'), pax: { 'SCHILY.xattr.trusted.overlay.redirect': '/etc' } }));
    const fd = openSync(join(root.path, 'd'), constants.O_RDONLY);
    const names = listXattrs(fd);
    closeSync(fd);
    assert.deepEqual(names, ['trusted.overlay.overlay.redirect']);
  });
});
