import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { SystemCallError } from '@selkie/native';
import {
  AT_REMOVEDIR,
  fchownat,
  futimens,
  linkat,
  makedev,
  mkdirat,
  mknodat,
  openat2,
  RENAME_NOREPLACE,
  RESOLVE_BENEATH,
  RESOLVE_IN_ROOT,
  RESOLVE_NO_MAGICLINKS,
  RESOLVE_NO_SYMLINKS,
  readlinkat,
  renameat,
  S_IFCHR,
  symlinkat,
  unlinkat,
  utimensat,
} from '@selkie/native/path';

let root = '';
let fd = -1;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'selkie-native-'));
  mkdirSync(join(root, 'jail/etc'), { recursive: true });
  writeFileSync(join(root, 'jail/etc/passwd'), 'inside');
  writeFileSync(join(root, 'secret'), 'outside');
  fd = openSync(join(root, 'jail'), constants.O_RDONLY | constants.O_DIRECTORY);
});

afterEach(() => {
  closeSync(fd);
  rmSync(root, { recursive: true });
});

function read(path: string | Buffer, resolve: number): string {
  const file = openat2(fd, path, { flags: constants.O_RDONLY, resolve });
  try {
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

const code = (expected: string) => (error: unknown) => error instanceof SystemCallError && error.code === expected;

test('RESOLVE_IN_ROOT takes the directory for the root of every path and link', () => {
  symlinkSync('/etc/passwd', join(root, 'jail/absolute'));
  symlinkSync('../../../etc/passwd', join(root, 'jail/climbing'));
  symlinkSync('../secret', join(root, 'jail/out'));
  for (const path of ['etc/passwd', '/etc/passwd', '../../etc/passwd', 'absolute', 'climbing']) {
    assert.equal(read(path, RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS), 'inside', path);
  }
  assert.throws(() => read('out', RESOLVE_IN_ROOT), code('ENOENT'));
  assert.throws(() => read('../secret', RESOLVE_BENEATH), code('EXDEV'));
  assert.throws(() => read('absolute', RESOLVE_NO_SYMLINKS), code('ELOOP'));
});

test('what openat2 opens is closed in a child', () => {
  const file = openat2(fd, 'etc/passwd', { flags: constants.O_RDONLY, resolve: RESOLVE_IN_ROOT });
  const inChild = execFileSync('sh', ['-c', `test -e /proc/self/fd/${file} && echo open || echo closed`]);
  closeSync(file);
  assert.equal(inChild.toString(), 'closed\n');
});

test('names are bytes, and one with a NUL is refused instead of cut', () => {
  const name = Buffer.from('caf\xe9', 'latin1');
  mkdirat(fd, name, 0o700);
  assert.ok(lstatSync(Buffer.concat([Buffer.from(`${root}/jail/`), name])).isDirectory());
  assert.throws(() => mkdirat(fd, 'a\0b', 0o700), TypeError);
  assert.throws(() => read(Buffer.from('etc\0'), RESOLVE_IN_ROOT), TypeError);
});

test('links, renames, removals and special files by directory descriptor', () => {
  const at = (name: string) => join(root, 'jail', name);
  symlinkat('any\ntarget', fd, 'link');
  assert.equal(readlinkSync(at('link')), 'any\ntarget');
  assert.equal(readlinkat(fd, 'link').toString(), 'any\ntarget');
  linkat(fd, 'link', fd, 'hard');
  assert.equal(lstatSync(at('hard')).ino, lstatSync(at('link')).ino);
  renameat(fd, 'hard', fd, 'moved');
  assert.throws(() => renameat(fd, 'moved', fd, 'link', RENAME_NOREPLACE), code('EEXIST'));
  unlinkat(fd, 'moved');
  assert.equal(lstatSync(at('moved'), { throwIfNoEntry: false }), undefined);
  mkdirat(fd, 'empty', 0o700);
  assert.throws(() => unlinkat(fd, 'empty'), code('EISDIR'));
  unlinkat(fd, 'empty', AT_REMOVEDIR);
  mknodat(fd, 'device', S_IFCHR | 0o600, makedev(4095, 1_048_575));
  assert.equal(execFileSync('stat', ['-c', '%t:%T', at('device')]).toString(), 'fff:fffff\n');
});

test('owner and times of a name, of a link itself, and of a descriptor', () => {
  symlinkat('etc', fd, 'link');
  fchownat(fd, 'link', 3, 4);
  utimensat(fd, 'link', { seconds: -5, nanoseconds: 500_000_000 });
  const link = lstatSync(join(root, 'jail/link'), { bigint: true });
  assert.deepEqual([link.uid, link.gid, link.mtimeNs], [3n, 4n, -4_500_000_000n]);
  assert.equal(lstatSync(join(root, 'jail/etc')).uid, 0);
  const file = openat2(fd, 'etc/passwd', { flags: constants.O_RDWR, resolve: RESOLVE_IN_ROOT });
  futimens(file, { seconds: 17, nanoseconds: 1 });
  assert.equal(fstatSync(file, { bigint: true }).mtimeNs, 17_000_000_001n);
  closeSync(file);
});

test('a failure says which call and which path', () => {
  assert.throws(() => mkdirat(fd, 'etc', 0o700), {
    name: 'SystemCallError',
    code: 'EEXIST',
    syscall: 'mkdirat',
    path: 'etc',
  });
});
