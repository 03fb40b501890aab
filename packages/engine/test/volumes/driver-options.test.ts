import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSelkieError } from '@selkie/contract';
import { MS_BIND, MS_NODEV, MS_RDONLY, MS_REC } from '@selkie/native/mount';
import { readDriverOptions } from '../../src/volumes/driver-options.ts';

test('a volume without options is a directory that is filled from the image', () => {
  assert.deepEqual(readDriverOptions({}), { noCopy: false });
  assert.deepEqual(readDriverOptions({ o: 'uid=5,gid=6,nocopy' }), { uid: 5, gid: 6, noCopy: true });
});

test('a tmpfs gets its flags by the call and the rest as data', () => {
  assert.deepEqual(readDriverOptions({ type: 'tmpfs', device: 'tmpfs', o: 'size=10m,nodev,ro,uid=5,mode=0700' }), {
    mount: { type: 'tmpfs', device: 'tmpfs', flags: MS_NODEV | MS_RDONLY, data: 'size=10m,uid=5,mode=0700' },
    noCopy: false,
  });
});

test('a directory of the host is bound, with what is below it where that is asked for', () => {
  const bind = (o: string, type?: string) => readDriverOptions({ ...(type ? { type } : {}), device: '/srv', o }).mount;
  assert.deepEqual(bind('bind', 'none'), { type: 'bind', device: '/srv', flags: MS_BIND, data: '' });
  assert.deepEqual(bind('rbind,ro'), { type: 'bind', device: '/srv', flags: MS_BIND | MS_REC | MS_RDONLY, data: '' });
});

test('what would be ignored or cannot be is refused', () => {
  const cases: [Record<string, string>, string][] = [
    [{ colour: 'red' }, 'INVALID_PARAMETER'],
    [{ type: 'tmpfs' }, 'INVALID_PARAMETER'],
    [{ type: 'tmpfs', device: 'tmpfs', o: 'mode=999' }, 'INVALID_PARAMETER'],
    [{ type: 'none', device: 'srv', o: 'bind' }, 'INVALID_PARAMETER'],
    [{ type: 'none', o: 'bind' }, 'INVALID_PARAMETER'],
    [{ device: '/srv', o: 'bind,size=1m' }, 'INVALID_PARAMETER'],
    [{ o: 'size=1m' }, 'INVALID_PARAMETER'],
    [{ size: '1G' }, 'UNSUPPORTED'],
    [{ device: '/srv' }, 'UNSUPPORTED'],
    [{ type: 'nfs', device: ':/x', o: 'addr=192.0.2.1' }, 'UNSUPPORTED'],
    [{ type: 'ext4', device: '/dev/sda1' }, 'UNSUPPORTED'],
  ];
  for (const [options, code] of cases) {
    const refused = (error: unknown) => isSelkieError(error) && error.code === code;
    assert.throws(() => readDriverOptions(options), refused, JSON.stringify(options));
  }
});
