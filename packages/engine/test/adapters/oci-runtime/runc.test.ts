import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { Runc } from '../../../src/adapters/oci-runtime/runc.ts';

/** A runtime that says what it was called with, and a state directory with one created container. */
function runc(t: TestContext) {
  const directory = mkdtempSync(join(tmpdir(), 'selkie-runc-'));
  t.after(() => rmSync(directory, { recursive: true }));
  const state = join(directory, 'state');
  const fifo = join(state, 'c', 'exec.fifo');
  mkdirSync(join(state, 'c'), { recursive: true });
  execFileSync('mkfifo', [fifo]);
  return { runtime: new Runc({ name: 'runc', path: '/bin/false', stateDirectory: state }), state, fifo };
}

suite('runc without running it', () => {
  test('a start releases the waiting init and marks the container as running', async (t) => {
    const { runtime, fifo } = runc(t);
    const init = open(fifo, 'w').then(async (handle) => {
      await handle.write('0');
      await handle.close();
    });
    await runtime.start('c', AbortSignal.timeout(5_000));
    await init;
    assert.equal(existsSync(fifo), false);
  });

  test('a start of what was never created is left to the command', async (t) => {
    const { runtime } = runc(t);
    await assert.rejects(runtime.start('other', AbortSignal.timeout(5_000)), { code: 'RUNTIME' });
  });

  test('an init that is gone keeps nobody waiting longer than the caller does', async (t) => {
    const { runtime } = runc(t);
    const signal = AbortSignal.timeout(100);
    await assert.rejects(runtime.start('c', signal), (error) => error === signal.reason);
  });

  test('what is left of an exited container is removed; one that may live is left to the command', async (t) => {
    const { runtime, state } = runc(t);
    await assert.rejects(runtime.delete('c'), { code: 'RUNTIME' });
    assert.equal(existsSync(join(state, 'c')), true);
    await runtime.delete('c', { exited: true });
    assert.equal(existsSync(join(state, 'c')), false);
    await runtime.delete('c', { exited: true });
  });
});
