import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Job } from '../../../src/adapters/overlay/job.ts';
import { WorkerPool } from '../../../src/adapters/overlay/worker-pool.ts';
import { DEFAULT_LIMITS } from '../../../src/archive/extract.ts';
import { temporaryDirectory } from '../../support/directory.ts';
import { tar } from '../../support/tar.ts';

function unpackJob(root: string, archive: Buffer): Job {
  const target = join(root, 'target');
  mkdirSync(target, { recursive: true });
  writeFileSync(join(root, 'blob'), archive);
  const cancel = new Int32Array(new SharedArrayBuffer(4));
  return { kind: 'unpack', blobPath: join(root, 'blob'), target, lowers: [], limits: DEFAULT_LIMITS, cancel };
}

describe('the worker pool', () => {
  it('does more jobs than it has workers, and ends them all', async () => {
    using root = temporaryDirectory();
    const pool = new WorkerPool();
    const names = Array.from({ length: 12 }, (_, i) => `d${i}`);
    for (const name of names) mkdirSync(join(root.path, name, 'sub'), { recursive: true });
    const answers = await Promise.all(names.map((name) => pool.run({ kind: 'remove', directory: root.path, name })));
    assert.ok(answers.every((answer) => 'result' in answer));
    assert.deepEqual(readdirSync(root.path), []);
    await pool.close();
    // A worker that went on would keep this process from ending.
    assert.ok('result' in (await pool.run({ kind: 'remove', directory: root.path, name: 'none' })));
    await pool.close();
  });

  it('loses a worker to a layer that takes too much memory, not the process, and goes on', async () => {
    using root = temporaryDirectory();
    const pool = new WorkerPool({ heapMb: 24 });
    // Times of directories are kept to the end: with paths of 4000 bytes that is soon too much.
    const deep = `${'p'.repeat(250)}/`.repeat(15);
    const archive = tar(
      ...Array.from({ length: 10_000 }, (_, i) => ({ name: 'd', type: '5', pax: { path: `${deep}${i}` } })),
    );
    assert.deepEqual(await pool.run(unpackJob(root.path, archive)), {
      failure: { kind: 'layer', reason: 'it takes too much memory' },
    });
    assert.ok('result' in (await pool.run({ kind: 'remove', directory: root.path, name: 'target' })));
    assert.ok('result' in (await pool.run(unpackJob(root.path, tar({ name: 'fine' })))));
    await pool.close();
  });
});
