import { closeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { BlockWriter } from '../../archive/block-writer.ts';
import { type Change, type ChangedLayer, walkChanges } from '../../archive/changes.ts';
import { packLayer, packTree } from '../../archive/pack-tree.ts';
import { openDirectory } from './mounts.ts';
import { CANCELLED, MAX_PENDING, PENDING, type TreeJob, type TreeMessage, type TreeWork } from './tree-job.ts';

const { job, shared }: TreeWork = workerData;

function send(message: TreeMessage, transfer: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

/** Sends a block, waiting while the reader has enough of them. */
function hand(block: Buffer<ArrayBuffer>): void {
  for (let pending = Atomics.load(shared, PENDING); pending >= MAX_PENDING; pending = Atomics.load(shared, PENDING)) {
    if (Atomics.load(shared, CANCELLED) !== 0) break;
    Atomics.wait(shared, PENDING, pending);
  }
  if (Atomics.load(shared, CANCELLED) !== 0) throw new Error('cancelled');
  Atomics.add(shared, PENDING, 1);
  send({ kind: 'block', block }, [block.buffer]);
}

function run(work: TreeJob): readonly Change[] {
  if (work.kind === 'tree') {
    packTree(work.rootFd, new BlockWriter(hand));
    return [];
  }
  const open: number[] = [];
  const directory = (path: string) => {
    const fd = openDirectory(path);
    open.push(fd);
    return fd;
  };
  try {
    const layer: ChangedLayer = {
      upperFd: directory(work.upper),
      lowerFds: work.lowers.map(directory),
      mountPoints: new Set(work.mountPoints),
    };
    if (work.kind === 'layer') {
      packLayer(layer, new BlockWriter(hand));
      return [];
    }
    const changes: Change[] = [];
    walkChanges(layer, (change) => void changes.push(change));
    return changes;
  } finally {
    for (const fd of open) closeSync(fd);
  }
}

try {
  send({ kind: 'done', changes: run(job) });
} catch (error) {
  send({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
}
