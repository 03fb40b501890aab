import assert from 'node:assert/strict';
import { closeSync, constants, mkdtempSync, openSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { O_PATH } from '@selkie/native/path';
import { getXattr, listXattrs, removeXattr, setXattr } from '@selkie/native/xattr';

test('attributes of files, and of links through O_PATH descriptors', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'selkie-native-'));
  symlinkSync('nowhere', join(root, 'link'));
  const descriptors = [
    openSync(join(root, 'file'), constants.O_RDWR | constants.O_CREAT),
    openSync(join(root, 'link'), O_PATH | constants.O_NOFOLLOW),
  ];
  t.after(() => {
    for (const fd of descriptors) closeSync(fd);
    rmSync(root, { recursive: true });
  });
  for (const fd of descriptors) {
    const value = Buffer.from([0, 0x80, 0xff, 0]);
    setXattr(fd, 'trusted.a', value);
    setXattr(fd, 'trusted.empty', Buffer.alloc(0));
    assert.deepEqual(getXattr(fd, 'trusted.a'), value);
    assert.deepEqual(getXattr(fd, 'trusted.empty'), Buffer.alloc(0));
    assert.equal(getXattr(fd, 'trusted.none'), undefined);
    assert.deepEqual(listXattrs(fd).sort(), ['trusted.a', 'trusted.empty']);
    removeXattr(fd, 'trusted.a');
    assert.deepEqual(listXattrs(fd), ['trusted.empty']);
    assert.throws(() => setXattr(fd, 'trusted.a\0b', value), TypeError);
  }
});
