import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, suite, test } from 'node:test';
import { resolveUser } from '../../src/containers/user.ts';

const directories: string[] = [];
after(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

function root(files: Readonly<Record<string, string>> = {}): string {
  const directory = mkdtempSync(join(tmpdir(), 'selkie-user-'));
  directories.push(directory);
  mkdirSync(join(directory, 'etc'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, 'etc', name), text);
  return directory;
}

const PASSWD =
  'root:x:0:0:root:/root:/bin/sh\nbroken\napp:x:1000:1001:App:/home/app:/bin/sh\nnohome:x:5:6:::\nlarge:x:99999999999:1::/:\n';
const GROUP = 'root:x:0:\napp:x:1001:\nwheel:x:10:root,app\nextra:x:20:app\n';
const filled = () => root({ passwd: PASSWD, group: GROUP });

suite('looking a user up inside a root', () => {
  test('nothing asked for is root, with root’s home and groups', () => {
    assert.deepEqual(resolveUser(filled(), '', []), {
      uid: 0,
      gid: 0,
      additionalGids: [0, 10],
      home: '/root',
      username: 'root',
    });
  });

  for (const [user, uid, gid, gids, home] of [
    ['app', 1000, 1001, [1001, 10, 20], '/home/app'],
    ['1000', 1000, 1001, [1001, 10, 20], '/home/app'],
    ['app:wheel', 1000, 10, [10], '/home/app'],
    ['app:77', 1000, 77, [77], '/home/app'],
    ['1234', 1234, 0, [0], '/'],
    ['1234:5678', 1234, 5678, [5678], '/'],
    ['nohome', 5, 6, [6], '/'],
    [':wheel', 0, 10, [10], '/root'],
  ] as const) {
    test(`"${user}"`, () => {
      const found = resolveUser(filled(), user, []);
      assert.deepEqual([found.uid, found.gid, found.additionalGids, found.home], [uid, gid, gids, home]);
    });
  }

  test('further groups by name and number', () => {
    assert.deepEqual(resolveUser(filled(), 'app:app', ['wheel', '42', '42']).additionalGids, [1001, 10, 42]);
  });

  test('names nobody has are errors', () => {
    assert.throws(() => resolveUser(filled(), 'ghost', []), { code: 'NO_SUCH_USER' });
    assert.throws(() => resolveUser(filled(), 'app:ghosts', []), { code: 'NO_SUCH_GROUP' });
    assert.throws(() => resolveUser(filled(), 'app', ['ghosts']), { code: 'NO_SUCH_GROUP' });
    assert.throws(() => resolveUser(filled(), 'large', []), { code: 'NO_SUCH_USER' });
    assert.throws(() => resolveUser(filled(), '4294967295', []), { code: 'NO_SUCH_USER' });
    assert.throws(() => resolveUser(filled(), '-1', []), { code: 'NO_SUCH_USER' });
  });

  test('a root without the files knows numbers only', () => {
    assert.equal(resolveUser(root(), '7:8', []).gid, 8);
    assert.equal(resolveUser(root(), '', []).home, '/');
    assert.throws(() => resolveUser(root(), 'root', []), { code: 'NO_SUCH_USER' });
  });

  test('a symbolic link to an absolute path stays inside the root', () => {
    const inside = root({ real: 'app:x:7:7::/inside:\n' });
    symlinkSync('/etc/real', join(inside, 'etc/passwd'));
    assert.equal(resolveUser(inside, 'app', []).home, '/inside');
  });

  test('a link out of the root does not read the host’s file', () => {
    const outside = root({ passwd: 'secret:x:0:0::/secret:\n' });
    const inside = root();
    symlinkSync(`../../../../../..${outside}/etc/passwd`, join(inside, 'etc/passwd'));
    assert.throws(() => resolveUser(inside, 'secret', []), { code: 'NO_SUCH_USER' });
  });

  test('a named pipe does not hang the look-up', () => {
    const inside = root();
    assert.equal(spawnSync('mkfifo', [join(inside, 'etc/passwd')]).status, 0);
    assert.equal(resolveUser(inside, '9', []).uid, 9);
  });

  test('a file without end is refused', () => {
    const inside = root({ passwd: 'x'.repeat(5 << 20) });
    assert.throws(() => resolveUser(inside, 'app', []), { code: 'INVALID_PARAMETER' });
  });

  test('works on the root of a running process', () => {
    assert.equal(resolveUser(`/proc/${process.pid}/root`, 'root', []).uid, 0);
  });

  test('a root that is gone is a host error', () => {
    assert.throws(() => resolveUser('/nonexistent/root', '0', []), { code: 'HOST' });
  });
});
