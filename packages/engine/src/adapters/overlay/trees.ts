import { on } from 'node:events';
import { existsSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { SelkieError } from '@selkie/contract';
import type { Change } from '../../archive/changes.ts';
import { END_OF_ARCHIVE } from '../../archive/tar-writer.ts';
import type { FileTrees, WrittenLayer } from '../../ports/file-trees.ts';
import { CANCELLED, PENDING, type TreeJob, type TreeMessage } from './tree-job.ts';

/** Trees of the host's filesystem, each read by a thread of its own: one with a slow reader holds nobody else up. */
export class HostTrees implements FileTrees {
  async *tar(rootFd: number, signal: AbortSignal): AsyncGenerator<Buffer> {
    for await (const message of messages({ kind: 'tree', rootFd }, signal)) {
      if (message.kind === 'block') yield Buffer.from(message.block.buffer, 0, message.block.length);
    }
  }

  async *layerTar(layer: WrittenLayer, signal: AbortSignal): AsyncGenerator<Buffer> {
    // A container that never ran has no upper directory.
    if (!existsSync(layer.upper)) return yield END_OF_ARCHIVE;
    for await (const message of messages({ kind: 'layer', ...layer }, signal)) {
      if (message.kind === 'block') yield Buffer.from(message.block.buffer, 0, message.block.length);
    }
  }

  async changes(layer: WrittenLayer, signal: AbortSignal): Promise<readonly Change[]> {
    if (!existsSync(layer.upper)) return [];
    let changes: readonly Change[] = [];
    for await (const message of messages({ kind: 'changes', ...layer }, signal)) {
      if (message.kind === 'done') changes = message.changes;
    }
    return changes;
  }
}

/** Runs a job and yields what its thread says, which goes no faster than it is read. */
async function* messages(job: TreeJob, signal: AbortSignal): AsyncGenerator<TreeMessage> {
  signal.throwIfAborted();
  const shared = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(new URL('./tree-worker.ts', import.meta.url), {
    workerData: { job, shared },
    execArgv: [],
    trackUnmanagedFds: false,
  });
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  try {
    for await (const said of on(worker, 'message', { signal, close: ['exit'] })) {
      const message: TreeMessage = said[0];
      if (message.kind === 'failed') throw new SelkieError('HOST', { reason: `reading files: ${message.reason}` });
      yield message;
      if (message.kind === 'done') return;
      Atomics.sub(shared, PENDING, 1);
      Atomics.notify(shared, PENDING);
    }
    throw new SelkieError('HOST', { reason: 'reading files: the thread ended' });
  } finally {
    // It may be asleep until the next block is taken. Descriptors it was given are in use until it has ended.
    Atomics.store(shared, CANCELLED, 1);
    Atomics.store(shared, PENDING, 0);
    Atomics.notify(shared, PENDING);
    await ended;
  }
}
