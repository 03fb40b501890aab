import { createHash } from 'node:crypto';
import { closeSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { removeTree } from '@selkie/native/remove-tree';
import { ArchiveError } from '../../archive/errors.ts';
import { extractTar, LAYER_OPTIONS } from '../../archive/extract.ts';
import { inheritDirectories } from './inherit.ts';
import type { Job, JobAnswer, JobResult } from './job.ts';
import { openDirectory } from './mounts.ts';
import { readLayer } from './read-layer.ts';

class Cancelled extends Error {}

async function run(job: Job): Promise<JobAnswer> {
  try {
    return { result: job.kind === 'unpack' ? await unpack(job) : remove(job) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const kind = error instanceof Cancelled ? 'cancelled' : error instanceof ArchiveError ? 'layer' : 'host';
    return { failure: { kind, reason } };
  }
}

async function unpack(job: Job & { kind: 'unpack' }): Promise<JobResult> {
  const hash = createHash('sha256');
  let tarSize = 0;
  async function* uncompressed() {
    for await (const chunk of readLayer(job.blobPath)) {
      // A message would only be seen once the stream runs dry; shared memory is seen at once.
      if (Atomics.load(job.cancel, 0) !== 0) throw new Cancelled('cancelled');
      hash.update(chunk);
      tarSize += chunk.length;
      yield chunk;
    }
  }
  const open: number[] = [];
  const directory = (path: string) => {
    const fd = openDirectory(path);
    open.push(fd);
    return fd;
  };
  try {
    const target = directory(job.target);
    const { size, implicit } = await extractTar(uncompressed(), target, { ...LAYER_OPTIONS, limits: job.limits });
    inheritDirectories(target, implicit, job.lowers.map(directory));
    return { diffId: `sha256:${hash.digest('hex')}`, tarSize, size };
  } finally {
    for (const fd of open) closeSync(fd);
  }
}

function remove({ directory, name }: Job & { kind: 'remove' }): JobResult {
  const fd = openDirectory(directory);
  try {
    removeTree(fd, name);
  } finally {
    closeSync(fd);
  }
  return { diffId: '', tarSize: 0, size: 0 };
}

parentPort?.on('message', (job: Job) => {
  run(job).then((answer) => parentPort?.postMessage(answer));
});
