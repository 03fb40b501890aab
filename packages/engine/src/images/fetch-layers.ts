import type { Repository } from '../ports/registry.ts';
import type { ImagesContext, LayerProgress } from './context.ts';
import { shortId } from './digest.ts';
import type { ImageLayer } from './record.ts';

export type Layer = Omit<ImageLayer, 'size'>;
type Report = (progress: LayerProgress) => void;

/** Reports of one layer's bytes come no closer together than this. */
const REPORT_EVERY = 100;

/**
 * Gets the layers of an image: blobs into the content store, several at a time, and unpacked in order while later ones still come.
 * What another pull is getting right now is shared with it. When it returns or throws nothing goes on in the background.
 */
export async function fetchLayers(
  context: ImagesContext,
  repository: Repository,
  layers: readonly Layer[],
  signal: AbortSignal,
  report: Report,
): Promise<void> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  for (const layer of layers) report({ id: shortId(layer.digest), status: statusAtStart(context, layer) });
  const downloads = layers.map((layer) => download(context, repository, layer, either, report));
  // Each is awaited in its turn; one that fails early must not count as unhandled until then.
  for (const one of downloads) one.catch(() => failed.abort());
  try {
    let parent: string | undefined;
    for (const [i, layer] of layers.entries()) {
      await downloads[i];
      await unpack(context, layer, parent, either, report);
      parent = layer.chainId;
    }
  } catch (error) {
    failed.abort();
    const outcomes = await Promise.allSettled(downloads);
    signal.throwIfAborted();
    throw firstCause(outcomes, failed.signal.reason) ?? error;
  }
}

/** What went wrong by itself, not because another layer did. */
function firstCause(outcomes: readonly PromiseSettledResult<void>[], consequence: unknown): unknown {
  const reasons = outcomes.map((outcome): unknown => (outcome.status === 'rejected' ? outcome.reason : consequence));
  return reasons.find((reason) => reason !== consequence);
}

export function isUnpacked({ snapshots, store }: ImagesContext, { chainId }: Layer): boolean {
  return snapshots.find(chainId) !== undefined && store.layer(chainId) !== undefined;
}

function statusAtStart(context: ImagesContext, layer: Layer): LayerProgress['status'] {
  const here = context.content.has(layer.digest) && isUnpacked(context, layer);
  return here ? 'already-exists' : 'pulling-fs-layer';
}

async function download(
  { content, registry, downloads, slots }: ImagesContext,
  repository: Repository,
  layer: Layer,
  signal: AbortSignal,
  report: Report,
): Promise<void> {
  if (content.has(layer.digest)) return;
  const id = shortId(layer.digest);
  const { digest, mediaType, blobSize: size } = layer;
  const key = `${repository.host}/${repository.path}@${digest}`;
  await downloads.run(key, signal, report, (jobSignal, share) => {
    const throttled = throttle(share);
    const ingest = () =>
      content.ingest(
        { digest, mediaType, size },
        (offset, ingestSignal) => registry.blob(repository, digest, offset, ingestSignal),
        jobSignal,
        (current) => throttled({ id, status: 'downloading', current, total: size }),
      );
    return slots.run(jobSignal, ingest, () => share({ id, status: 'waiting' }));
  });
  report({ id, status: 'download-complete' });
}

/** Unpacks a layer whose blob is here, unless it is unpacked already. */
export async function unpack(
  context: ImagesContext,
  layer: Layer,
  parent: string | undefined,
  signal: AbortSignal,
  report: Report,
): Promise<void> {
  if (isUnpacked(context, layer)) return;
  const { content, snapshots, store, unpacks } = context;
  const id = shortId(layer.digest);
  const { digest, mediaType, diffId, chainId, blobSize: total } = layer;
  await unpacks.run(chainId, signal, report, async (jobSignal, share) => {
    share({ id, status: 'extracting', current: 0, total });
    const source = { blobPath: content.path(digest), digest, mediaType, diffId, chainId };
    const { size, tarSize } = await snapshots.unpack(parent === undefined ? source : { ...source, parent }, jobSignal);
    store.putLayer(chainId, { diffId, size, ...(tarSize !== undefined && { tarSize }) });
  });
  report({ id, status: 'pull-complete' });
}

function throttle(report: Report): Report {
  let last = 0;
  return (progress) => {
    const now = Date.now();
    if (now - last < REPORT_EVERY && progress.current !== progress.total) return;
    last = now;
    report(progress);
  };
}
