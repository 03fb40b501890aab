import { randomUUID } from 'node:crypto';
import { SelkieError } from '@selkie/contract';
import type { FetchedManifest, PushOutcome, RegistryCredentials, Repository } from '../ports/registry.ts';
import { collectGarbage } from './collect.ts';
import { readBlob } from './compress.ts';
import type { ImagesContext } from './context.ts';
import { shortId } from './digest.ts';
import { layerToPush, manifestToPush, type PushedLayer, type PushShape } from './push/parts.ts';
import { settle } from './push/settle.ts';
import { blobsOf, type ImageLayer, type ImageRecord } from './record.ts';
import { type FullReference, formatReference, parseStored, repositoryName } from './reference.ts';
import type { Staging } from './staging.ts';

export interface PushProgress {
  /** Short ID of the layer. */
  readonly id: string;
  readonly status: 'preparing' | 'waiting' | 'pushing' | PushOutcome;
  readonly current?: number;
  readonly total?: number;
  /** The repository it was taken from. */
  readonly from?: string;
}

export interface PushOptions extends PushShape {
  readonly signal: AbortSignal;
  readonly credentials?: RegistryCredentials;
  /** Plain http or unverified TLS; false: neither, whatever is configured. */
  readonly insecure?: boolean;
  readonly onProgress?: (progress: PushProgress) => void;
}

export interface PushResult {
  readonly reference: FullReference;
  readonly digest: string;
  readonly size: number;
}

/** Reports of one layer's bytes come no closer together than this. */
const REPORT_EVERY = 100;

/**
 * Sends an image to its registry: what is there already is not sent again, and an image that was pulled keeps its digest.
 * @throws SelkieError REGISTRY_UNAUTHORIZED, FORBIDDEN, REGISTRY, DIGEST_MISMATCH, CANCELLED
 */
export async function push(
  context: ImagesContext,
  image: ImageRecord,
  reference: FullReference,
  options: PushOptions,
): Promise<PushResult> {
  const { signal, credentials, insecure } = options;
  if (reference.tag === undefined)
    throw new SelkieError('INVALID_PARAMETER', { reason: 'cannot push a digest reference' });
  const repository: Repository = {
    host: reference.domain,
    path: reference.path,
    ...(credentials && { credentials }),
    ...(insecure !== undefined && { insecure }),
  };
  using lease = context.leases.take(randomUUID(), 0);
  lease.extend(blobsOf(image), []);
  try {
    await using staging = context.content.stage();
    const layers = await pushLayers(context, image, repository, staging, options);
    await pushConfig(context, image, repository, signal);
    const manifest = await manifestToPush(context, image, layers, options.format);
    await context.registry.pushManifest(repository, reference.tag, manifest, signal);
    if (isOwnForm(image, manifest, options)) await settle(context, image, layers, manifest, lease);
    remember(context, image, `${repositoryName(reference)}@${manifest.digest}`);
    context.emit('image', 'push', image.id, formatReference(reference), image.config.labels ?? {});
    return { reference, digest: manifest.digest, size: manifest.bytes.length };
  } finally {
    lease.release();
    // Removed meanwhile, or its layers were exchanged.
    if (context.store.get(image.id)?.manifestDigest !== image.manifestDigest) await collectGarbage(context);
  }
}

/** All layers, several at a time. When it returns or throws nothing goes on in the background. */
async function pushLayers(
  context: ImagesContext,
  image: ImageRecord,
  repository: Repository,
  staging: Staging,
  options: PushOptions,
): Promise<PushedLayer[]> {
  const { onProgress = () => {} } = options;
  const failed = new AbortController();
  const signal = AbortSignal.any([options.signal, failed.signal]);
  for (const { diffId } of image.layers) onProgress({ id: shortId(diffId), status: 'preparing' });
  // A layer may be there twice, and be sent once.
  const once = new Map(image.layers.map((layer) => [layer.digest, layer]));
  const work = [...once.values()].map(async (layer) => {
    const id = shortId(layer.diffId);
    const run = () => pushLayer(context, image, layer, repository, staging, { ...options, signal, onProgress });
    return context.uploads.run(signal, run, () => onProgress({ id, status: 'waiting' }));
  });
  for (const one of work) one.catch((error: unknown) => failed.abort(error));
  const outcomes = await Promise.allSettled(work);
  options.signal.throwIfAborted();
  if (failed.signal.aborted) throw failed.signal.reason;
  const pushed = new Map(
    outcomes.flatMap((outcome) =>
      outcome.status === 'fulfilled' ? [[outcome.value.layer.digest, outcome.value]] : [],
    ),
  );
  return image.layers.flatMap((layer) => {
    const one = pushed.get(layer.digest);
    return one === undefined ? [] : [{ ...one, layer }];
  });
}

async function pushLayer(
  context: ImagesContext,
  image: ImageRecord,
  layer: ImageLayer,
  repository: Repository,
  staging: Staging,
  options: PushOptions & { readonly onProgress: (progress: PushProgress) => void },
): Promise<PushedLayer> {
  const { signal, onProgress } = options;
  const id = shortId(layer.diffId);
  const pushed = await layerToPush(context, image, layer, options, staging, signal);
  const { digest, size: total } = pushed.descriptor;
  const from = elsewhere(context, repository, digest);
  let last = 0;
  const outcome = await context.registry.pushBlob(
    repository,
    {
      digest,
      size: total,
      open: (offset) => readBlob(pushed.path, offset),
      ...(from !== undefined && { from }),
      onProgress(current) {
        const now = Date.now();
        if (now - last < REPORT_EVERY && current !== total) return;
        last = now;
        onProgress({ id, status: 'pushing', current, total });
      },
    },
    signal,
  );
  onProgress({ id, status: outcome, ...(outcome === 'mounted' && from !== undefined && { from }) });
  return pushed;
}

async function pushConfig(
  { registry, content }: ImagesContext,
  { id: digest, configSize: size }: ImageRecord,
  repository: Repository,
  signal: AbortSignal,
): Promise<void> {
  const open = (offset: number) => readBlob(content.path(digest), offset);
  await registry.pushBlob(repository, { digest, size, open }, signal);
}

/** Another repository of the registry that the blob was pulled from or sent to. */
function elsewhere({ store }: ImagesContext, { host, path }: Repository, digest: string): string | undefined {
  return store
    .all()
    .filter(({ layers }) => layers.some((layer) => layer.digest === digest))
    .flatMap(({ repoDigests }) => repoDigests.map(parseStored))
    .find((reference) => reference.domain === host && reference.path !== path)?.path;
}

/** Whether it was sent as it would be anywhere, and not in a form that a client chose. */
function isOwnForm(
  image: ImageRecord,
  { digest }: FetchedManifest,
  { format, compression, recompress }: PushShape,
): boolean {
  return digest !== image.manifestDigest && format === undefined && compression === undefined && !recompress;
}

function remember({ store, index }: ImagesContext, { id }: ImageRecord, repoDigest: string): void {
  const image = store.get(id);
  if (image === undefined || image.repoDigests.includes(repoDigest)) return;
  store.put({ ...image, repoDigests: [...image.repoDigests, repoDigest] });
  index.changed();
}
