import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { lockFile } from '@selkie/native/flock';

test('a lock keeps this and other processes out until it is disposed of', (t) => {
  const root = mkdtempSync(join(tmpdir(), 'selkie-native-'));
  t.after(() => rmSync(root, { recursive: true }));
  const path = join(root, 'lock');
  const elsewhere = () => spawnSync('flock', ['--nonblock', path, 'true']).status;
  {
    using _ = lockFile(path);
    assert.throws(() => lockFile(path), { code: 'EAGAIN' });
    assert.equal(elsewhere(), 1);
  }
  assert.equal(elsewhere(), 0);
  lockFile(path)[Symbol.dispose]();
});
