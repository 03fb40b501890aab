import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { MNT_DETACH, MS_NODEV, MS_NOSUID, MS_RDONLY, mount, UMOUNT_NOFOLLOW, umount2 } from '@selkie/native/mount';

test('mounts a filesystem with flags and data, and unmounts it', (t) => {
  const target = mkdtempSync(join(tmpdir(), 'selkie-native-'));
  t.after(() => rmSync(target, { recursive: true }));
  mount({ source: 'tmpfs', target, type: 'tmpfs', flags: MS_NOSUID | MS_NODEV, data: 'size=64k,mode=700' });
  try {
    const line = readFileSync('/proc/self/mounts', 'utf8')
      .split('\n')
      .find((mounted) => mounted.includes(target));
    assert.match(line ?? '', /tmpfs rw,nosuid,nodev,.*size=64k,mode=700/);
    writeFileSync(join(target, 'busy'), '');
  } finally {
    umount2(target, MNT_DETACH | UMOUNT_NOFOLLOW);
  }
  assert.ok(!readFileSync('/proc/self/mounts', 'utf8').includes(target));
});

test('refuses data the kernel would cut off, and reports what the kernel refuses', () => {
  assert.throws(() => mount({ source: 'x', target: '/nowhere', type: 'tmpfs', data: 'x'.repeat(4096) }), RangeError);
  assert.throws(() => mount({ source: 'x', target: '/nowhere', type: 'tmpfs', flags: MS_RDONLY }), {
    code: 'ENOENT',
    syscall: 'mount',
    path: '/nowhere',
  });
});
