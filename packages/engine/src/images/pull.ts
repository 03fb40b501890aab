import { SelkieError } from '@selkie/contract';
import type { FetchedManifest, RegistryCredentials, Repository } from '../ports/registry.ts';
import { addImage, layersOf } from './add.ts';
import { type ImageDocument, parseImageDocument } from './config.ts';
import type { ImagesContext, LayerProgress } from './context.ts';
import { fetchLayers } from './fetch-layers.ts';
import { find } from './find.ts';
import { isIndexDocument, type Manifest, parseManifest } from './manifest.ts';
import { DOCKER_CONFIG, OCI_CONFIG } from './media-types.ts';
import { choose, formatPlatform, hostPlatform, type Platform, runsOn } from './platform.ts';
import type { ImageRecord } from './record.ts';
import {
  type FullReference,
  familiar,
  formatReference,
  parseReference,
  repositoryName,
  withDefaultTag,
} from './reference.ts';
import type { ShortNames } from './short-names.ts';

/** `newer` takes what is here where the registry does not answer. */
export type PullPolicy = 'always' | 'missing' | 'newer' | 'never';

export interface PullOptions {
  readonly names: ShortNames;
  readonly signal: AbortSignal;
  readonly policy?: PullPolicy;
  readonly platform?: Platform;
  /** For whichever registry is asked, or for each its own. */
  readonly credentials?: RegistryCredentials | ((registry: string) => RegistryCredentials | undefined);
  /** Plain http or unverified TLS for this pull; false: neither, whatever is configured. */
  readonly insecure?: boolean;
  /** A place that is going to be asked. */
  readonly onTry?: (reference: FullReference) => void;
  /** Where it is really pulled from, once that is known. */
  readonly onBegin?: (reference: FullReference) => void;
  readonly onProgress?: (progress: LayerProgress) => void;
}

export interface PullResult {
  readonly image: ImageRecord;
  /** What the name stands for in the registry: an index or a manifest. Undefined where nobody was asked. */
  readonly digest?: string;
  /** False where it was here already. */
  readonly changed: boolean;
  readonly reference: FullReference;
}

/**
 * Gets an image from its registry.
 * @throws SelkieError INVALID_PARAMETER, NO_SUCH_IMAGE (policy never), NO_MATCHING_PLATFORM, BAD_LAYER, DIGEST_MISMATCH, CANCELLED and the registry's
 */
export async function pull(context: ImagesContext, text: string, options: PullOptions): Promise<PullResult> {
  const { names, policy = 'always', platform, signal } = options;
  const asked = withDefaultTag(parseReference(text));
  const local = find(context.store, text, names);
  const usable = local !== undefined && (platform === undefined || runsOn(local, platform)) ? local : undefined;
  if (usable !== undefined && (policy === 'missing' || policy === 'never')) {
    return { image: usable, changed: false, reference: names.local(asked)[0] ?? names.stored(asked) };
  }
  if (policy === 'never') throw new SelkieError('NO_SUCH_IMAGE', { name: names.worded(text) });
  let failure: unknown;
  for (const reference of names.remote(asked)) {
    options.onTry?.(reference);
    try {
      return await pullFrom(context, reference, options);
    } catch (error) {
      if (signal.aborted) throw new SelkieError('CANCELLED', {}, { cause: error });
      failure = error;
    }
  }
  if (policy === 'newer' && usable !== undefined) {
    return { image: usable, changed: false, reference: names.local(asked)[0] ?? names.stored(asked) };
  }
  throw failure;
}

/** Pulls from one place. @throws SelkieError as {@link pull} */
export async function pullFrom(
  context: ImagesContext,
  reference: FullReference,
  options: PullOptions,
): Promise<PullResult> {
  const { signal, onProgress = () => {} } = options;
  const repository = repositoryOf(reference, options);
  const name = formatReference(reference);
  const top = await context.registry.manifest(repository, reference.digest ?? reference.tag ?? 'latest', signal);
  options.onBegin?.(reference);
  const { index, fetched, manifest } = await chooseManifest(context, repository, name, top, options);
  using lease = context.leases.take(fetched.digest);
  const indexBlobs = index === undefined ? [] : [index.digest];
  const layerBlobs = manifest.layers.map((layer) => layer.digest);
  lease.extend([...indexBlobs, fetched.digest, manifest.config.digest, ...layerBlobs], []);
  if (index !== undefined) await context.content.put(index.bytes, index.digest);
  await context.content.put(fetched.bytes, fetched.digest);
  const document = await fetchConfig(context, repository, manifest, signal);
  requirePlatform(familiar(reference), document, options.platform);
  const layers = layersOf(manifest, document);
  lease.extend(
    [],
    layers.map((layer) => layer.chainId),
  );
  const before = context.store.get(manifest.config.digest);
  // Of an image that is here already there is nothing to tell.
  const report: typeof onProgress = (progress) => {
    if (before === undefined || progress.status !== 'already-exists') onProgress(progress);
  };
  await fetchLayers(context, repository, layers, signal, report);
  const tagged = reference.digest === undefined ? [name] : [];
  const image = addImage(context, {
    manifest,
    manifestDigest: fetched.digest,
    manifestSize: fetched.bytes.length,
    document,
    ...(index && { index: { mediaType: index.mediaType, digest: index.digest, size: index.bytes.length } }),
    names: tagged,
    repoDigests: [...indexBlobs, fetched.digest].map((digest) => `${repositoryName(reference)}@${digest}`),
  });
  lease.release();
  context.index.changed();
  context.emit('image', 'pull', image.id, name, image.config.labels ?? {});
  const changed = before === undefined || tagged.some((tag) => !before.names.includes(tag));
  return { image, digest: top.digest, changed, reference };
}

/** A place as the registry's client takes it. */
export function repositoryOf(
  { domain, path }: FullReference,
  { credentials, insecure }: Pick<PullOptions, 'credentials' | 'insecure'>,
): Repository {
  const own = typeof credentials === 'function' ? credentials(domain) : credentials;
  return { host: domain, path, ...(own && { credentials: own }), ...(insecure !== undefined && { insecure }) };
}

/** Goes from what the registry answered to the one manifest for the platform. */
async function chooseManifest(
  { registry }: ImagesContext,
  repository: Repository,
  name: string,
  top: FetchedManifest,
  { platform = hostPlatform(), signal }: PullOptions,
): Promise<{ index?: FetchedManifest; fetched: FetchedManifest; manifest: Manifest }> {
  const first = parseManifest(name, top.bytes, top.mediaType);
  if (!isIndexDocument(first)) return { fetched: top, manifest: first };
  const chosen = choose(first.manifests, platform);
  if (chosen === undefined) {
    const reason = `no matching manifest for ${formatPlatform(platform)} in the manifest list entries`;
    throw new SelkieError('NO_MATCHING_PLATFORM', { reason });
  }
  const fetched = await registry.manifest(repository, chosen.digest, signal);
  const second = parseManifest(name, fetched.bytes, chosen.mediaType || fetched.mediaType);
  if (isIndexDocument(second)) throw new SelkieError('REGISTRY', { reason: `${name}: an index inside an index` });
  return { index: top, fetched, manifest: second };
}

async function fetchConfig(
  { content, registry }: ImagesContext,
  repository: Repository,
  { config }: Manifest,
  signal: AbortSignal,
): Promise<ImageDocument> {
  if (![OCI_CONFIG, DOCKER_CONFIG, 'application/octet-stream', ''].includes(config.mediaType)) {
    throw new SelkieError('REGISTRY', { reason: `${config.mediaType} is not the config of a container image` });
  }
  const open = (offset: number, ingestSignal: AbortSignal) =>
    registry.blob(repository, config.digest, offset, ingestSignal);
  await content.ingest(config, open, signal);
  return parseImageDocument(`config ${config.digest}`, await content.read(config.digest));
}

/** A single manifest may be for anything; only a client that named a platform minds. */
function requirePlatform(name: string, document: ImageDocument, wanted: Platform | undefined): void {
  if (wanted === undefined || runsOn(document, wanted)) return;
  const reason = `image with reference ${name} was found but does not match the specified platform: wanted ${formatPlatform(wanted)}, actual: ${formatPlatform(document)}`;
  throw new SelkieError('NO_MATCHING_PLATFORM', { reason });
}
