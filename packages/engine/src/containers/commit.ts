import { closeSync, constants, openSync } from 'node:fs';
import { isSelkieError, SelkieError } from '@selkie/contract';
import { applyChanges } from '../images/changes.ts';
import { nameOfNew } from '../images/commit.ts';
import type { ImageConfig } from '../images/config.ts';
import { defined } from '../images/json.ts';
import type { ImageRecord } from '../images/record.ts';
import type { ShortNames } from '../images/short-names.ts';
import type { ManifestFormat } from '../images/write-manifest.ts';
import { attributesOf } from './attributes.ts';
import type { ContainerContext } from './context.ts';
import type { HealthDefinition } from './definition.ts';
import { pause, unpause } from './pause.ts';
import type { ContainerRecord } from './record.ts';
import { mergeEnv } from './resolve.ts';
import { writtenLayer } from './written-layer.ts';

export interface CommitOptions {
  readonly names: ShortNames;
  /** Name it gets; undefined: none. */
  readonly name?: string;
  readonly author?: string;
  readonly comment?: string;
  /** Instructions for its config. */
  readonly changes?: readonly string[];
  /** Comes before the container's own settings, and the changes before it. Lists of names are added to, not replaced. */
  readonly config?: ImageConfig;
  /** Freezes a running container while its files are read. */
  readonly pause: boolean;
  readonly format: ManifestFormat;
  /** One layer with everything, instead of one more on top of the image's. */
  readonly squash?: boolean;
}

/**
 * Makes an image of a container: its image's layers with what it wrote, and its settings.
 * @throws SelkieError NO_SUCH_CONTAINER, INVALID_PARAMETER for a name or change that is none, CONFLICT where its image is gone, HOST
 */
export async function commit(
  ctx: ContainerContext,
  reference: string,
  options: CommitOptions,
  signal: AbortSignal,
): Promise<ImageRecord> {
  const { names, name, author, comment, changes = [], format, squash = false } = options;
  const record = ctx.store.find(reference);
  // Told before the container is frozen and its files are read.
  if (name !== undefined) nameOfNew(name, names);
  const parent = parentOf(ctx, record);
  const config = applyChanges(overridden(settingsOf(record, parent), options.config), changes);
  await using _frozen = await freeze(ctx, record, options.pause);
  const { chainIds = [] } = record.image ?? {};
  using held = squash ? ctx.snapshots.hold(record.id, chainIds) : undefined;
  const image = await ctx.imageMaker.addLayer({
    tar: held ? wholeTree(ctx, held.path, signal) : ctx.trees.layerTar(writtenLayer(ctx, record), signal),
    ...(squash ? { platform: parent } : { base: parent, parent }),
    config,
    step: { createdBy: record.process.args.join(' '), ...(author ? { author } : {}), ...(comment ? { comment } : {}) },
    format,
    names,
    signal,
    ...(name === undefined ? {} : { name }),
  });
  ctx.emit(
    'container',
    'commit',
    record.id,
    record.name,
    attributesOf(record, { comment: comment ?? '', imageID: image.id }),
  );
  return image;
}

function parentOf({ imageMaker }: ContainerContext, { id, image }: ContainerRecord): ImageRecord {
  const parent = image && imageMaker.byId(image.id);
  if (parent !== undefined) return parent;
  const reason = image === undefined ? 'it runs on a directory of the host' : `its image ${image.id} has been removed`;
  throw new SelkieError('CONFLICT', { reason: `container ${id} cannot be committed: ${reason}` });
}

/** What the container runs as, as an image says it. */
function settingsOf({ process, definition }: ContainerRecord, { config }: ImageRecord): ImageConfig {
  const { stopSignal = config.stopSignal, stopTimeout } = definition.process;
  const { health } = definition;
  return defined({
    user: process.user || undefined,
    env: process.env,
    entrypoint: process.entrypoint.length > 0 ? process.entrypoint : undefined,
    cmd: process.command.length > 0 ? process.command : undefined,
    workingDir: definition.process.workdir ?? config.workingDir,
    exposedPorts: process.exposed.length > 0 ? process.exposed : undefined,
    volumes: config.volumes,
    labels: Object.keys(process.labels).length > 0 ? process.labels : undefined,
    stopSignal,
    stopTimeout,
    healthcheck: health && inNanoseconds(health),
    shell: config.shell,
  });
}

function overridden(own: ImageConfig, given: ImageConfig = {}): ImageConfig {
  const both = (a: readonly string[] = [], b: readonly string[] = []) => [...new Set([...a, ...b])];
  return {
    ...own,
    ...given,
    ...(given.env && { env: mergeEnv(own.env ?? [], given.env) }),
    ...(given.labels && { labels: { ...own.labels, ...given.labels } }),
    ...(given.exposedPorts && { exposedPorts: both(own.exposedPorts, given.exposedPorts) }),
    ...(given.volumes && { volumes: both(own.volumes, given.volumes) }),
  };
}

function inNanoseconds(health: HealthDefinition): NonNullable<ImageConfig['healthcheck']> {
  const nanos = (seconds: number | undefined) => (seconds === undefined ? undefined : Math.round(seconds * 1e9));
  return defined({
    test: health.test,
    interval: nanos(health.interval),
    timeout: nanos(health.timeout),
    startPeriod: nanos(health.startPeriod),
    startInterval: nanos(health.startInterval),
    retries: health.retries,
  });
}

/** Pauses a running container until disposed. Should the service die in between, the record says that it is paused. */
async function freeze(ctx: ContainerContext, { id, state }: ContainerRecord, asked: boolean): Promise<AsyncDisposable> {
  if (!asked || state.status !== 'running') return { async [Symbol.asyncDispose]() {} };
  await pause(ctx, id);
  return {
    async [Symbol.asyncDispose]() {
      try {
        await unpause(ctx, id);
      } catch (error) {
        // Somebody else has unpaused it, or it was killed and removed.
        if (!isSelkieError(error, 'CONTAINER_STATE') && !isSelkieError(error, 'NO_SUCH_CONTAINER')) throw error;
      }
    },
  };
}

async function* wholeTree(ctx: ContainerContext, path: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  const fd = openSync(path, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    yield* ctx.trees.tar(fd, signal);
  } finally {
    closeSync(fd);
  }
}
