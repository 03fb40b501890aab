import { join } from 'node:path';
import { SelkieError } from '@selkie/contract';
import type { ExtractLimits } from '../../archive/extract.ts';
import type { LayerSource, Unpacked } from '../../ports/snapshots.ts';
import type { JobFailure } from './job.ts';
import type { LayerTable } from './layers.ts';
import type { WorkerPool } from './worker-pool.ts';

export interface UnpackCall {
  readonly layer: LayerSource;
  /** The unpacking of the layer below, where that is still under way. */
  readonly below: Promise<unknown> | undefined;
  readonly table: LayerTable;
  readonly workers: WorkerPool;
  readonly limits: ExtractLimits;
  readonly signal: AbortSignal;
}

/** Unpacks one layer into a directory of its own and commits it; whatever goes wrong, the directory is gone afterwards. */
export async function unpackLayer(call: UnpackCall): Promise<Unpacked> {
  const { layer, table, workers, limits, signal } = call;
  // Attributes of directories the layer does not describe come from the layers below.
  await call.below;
  if (layer.parent !== undefined && table.get(layer.parent) === undefined) {
    throw new SelkieError('INTERNAL', { reason: `layer ${layer.parent} below ${layer.chainId} is not unpacked` });
  }
  const cancel = new Int32Array(new SharedArrayBuffer(4));
  const abort = () => Atomics.store(cancel, 0, 1);
  const ingest = table.begin();
  signal.addEventListener('abort', abort, { once: true });
  try {
    if (signal.aborted) abort();
    const answer = await workers.run({
      kind: 'unpack',
      blobPath: layer.blobPath,
      target: join(table.root, ingest),
      lowers: table.stack(layer.parent).map((directory) => join(table.root, directory)),
      limits,
      cancel,
    });
    if ('failure' in answer) throw failed(layer, answer.failure, signal);
    const { diffId, size, tarSize } = answer.result;
    if (diffId !== layer.diffId) {
      throw new SelkieError('DIGEST_MISMATCH', {
        name: `layer ${layer.digest}`,
        actual: diffId,
        expected: layer.diffId,
      });
    }
    signal.throwIfAborted();
    table.commit(ingest, layer.chainId, {
      diffId,
      size,
      tarSize,
      ...(layer.parent === undefined ? {} : { parent: layer.parent }),
    });
    return { diffId, size, tarSize };
  } catch (error) {
    await workers.run({ kind: 'remove', directory: table.root, name: ingest });
    table.abandon(ingest);
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function failed(layer: LayerSource, { kind, reason }: JobFailure, signal: AbortSignal): SelkieError {
  if (kind === 'cancelled') return new SelkieError('CANCELLED', {}, { cause: signal.reason });
  if (kind === 'layer') return new SelkieError('BAD_LAYER', { digest: layer.digest, reason });
  return new SelkieError('HOST', { reason: `unpacking layer ${layer.digest}: ${reason}` });
}
