import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dockerPathStat, goMode, libpodPathStat } from '../../src/present/path-stat.ts';

const decoded = (text: string): unknown => JSON.parse(Buffer.from(text, 'base64').toString());
const file = { resolved: '/etc/passwd', exists: true, size: 186, mode: 0o100644, mtime: 1_700_000_000_500_000_000n };

test('modes are what dockerd and podman say of the same files', () => {
  assert.equal(goMode(0o100644), 420);
  assert.equal(goMode(0o040755), 2147484141);
  assert.equal(goMode(0o041777), 2148532735);
  assert.equal(goMode(0o120777), 134218239);
  assert.equal(goMode(0o104755), 8389101);
  assert.equal(goMode(0o020666), 69206454);
  assert.equal(goMode(0o010600), 33554816);
});

test('Docker is told the name as asked, and where a link leads', () => {
  assert.deepEqual(decoded(dockerPathStat(file, '/etc/passwd')), {
    name: 'passwd',
    size: 186,
    mode: 420,
    mtime: '2023-11-14T22:13:20.5Z',
    linkTarget: '',
  });
  const link = { ...file, mode: 0o120777, resolved: '/bin/busybox', mtime: 0n };
  assert.deepEqual(decoded(dockerPathStat(link, '/bin/sh')), {
    name: 'sh',
    size: 186,
    mode: 134218239,
    mtime: '1970-01-01T00:00:00Z',
    linkTarget: '/bin/busybox',
  });
});

for (const [path, name] of [
  ['/', '/'],
  ['/etc/', 'etc'],
  ['/etc/.', '.'],
  ['/..', '..'],
] as const) {
  test(`the name of ${path} is ${name}`, () => {
    assert.equal(Object(decoded(dockerPathStat(file, path))).name, name);
  });
}

test('podman’s clients are told the resolved path, in their own alphabet', () => {
  const directory = { ...file, mode: 0o040755, resolved: '/etc' };
  const { isDir, linkTarget, name } = Object(decoded(libpodPathStat(directory, '/etc/.')));
  assert.deepEqual({ isDir, linkTarget, name }, { isDir: true, linkTarget: '/etc/.', name: '.' });
  assert.equal(Object(decoded(libpodPathStat({ ...directory, resolved: '/' }, '/.'))).linkTarget, '/.');
  const text = libpodPathStat({ ...file, resolved: '/~~~???>>>' }, '/~~~???>>>');
  assert.match(text, /^[\w-]+={0,2}$/);
  assert.equal(text.length % 4, 0);
});

test('times no client could print become the first or last it can', () => {
  const { mtime } = Object(decoded(dockerPathStat({ ...file, mtime: 1n << 100n }, '/x')));
  assert.equal(mtime, '9999-12-31T23:59:59Z');
  assert.match(Object(decoded(dockerPathStat({ ...file, mtime: -(1n << 100n) }, '/x'))).mtime, /^0001-01-01T/);
});
