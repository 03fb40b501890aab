import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SelkieError } from '@selkie/contract';
import { timestamp } from '../clock.ts';
import { formatPlatform, runsOn } from '../images/platform.ts';
import type { ShortNames } from '../images/short-names.ts';
import { attributesOf } from './attributes.ts';
import type { ContainerContext, RunnableImage } from './context.ts';
import type { ContainerDefinition, HealthDefinition } from './definition.ts';
import { claimName, inventName, newId } from './identity.ts';
import { previewSpec } from './preview.ts';
import type { ContainerRecord, ContainerState } from './record.ts';
import { resolveProcess } from './resolve.ts';
import { requireBindSources } from './spec/bind-sources.ts';
import { validateDefinition } from './validate.ts';
import { withVolumesFrom } from './volumes-from.ts';

export const NEVER_RAN: ContainerState = {
  status: 'created',
  pid: 0,
  pidStart: 0,
  conmonPid: 0,
  exitCode: 0,
  error: '',
  oomKilled: false,
  restartCount: 0,
  stoppedByUser: false,
};

/**
 * Makes a container that can be started. Nothing is left behind where it throws.
 * @throws SelkieError NO_SUCH_IMAGE, NO_MATCHING_PLATFORM, NO_SUCH_NETWORK, NO_SUCH_CONTAINER (one to share with), NAME_IN_USE, INVALID_PARAMETER, UNSUPPORTED
 */
export async function create(
  ctx: ContainerContext,
  definition: ContainerDefinition,
  names: ShortNames,
): Promise<ContainerRecord> {
  validateDefinition(definition);
  const image = definition.image === undefined ? undefined : ctx.images.runnable(definition.image, names);
  refuseOtherPlatform(definition, image);
  const process = resolveProcess(definition, image);
  ctx.runtime(definition.runtime);
  const sharedWith = containersShared(definition);
  for (const reference of sharedWith) ctx.store.find(reference);
  const endpoints = ctx.networks.resolve(definition.network);

  const id = newId();
  return ctx.lock.run('create', async () => {
    const name = definition.name ? claimName(ctx.store, definition.name) : inventName(ctx.store);
    const complete = withVolumesFrom(ctx, definition);
    const draft: ContainerRecord = {
      id,
      name,
      created: timestamp(),
      definition: withHealth(complete, image?.config.health),
      ...(image && { image: imageOf(image, definition) }),
      process,
      state: NEVER_RAN,
      endpoints,
      publishedPorts: [],
      volumes: [],
      warnings: [],
    };
    // Refused now and not at the start: a capability, device or limit that no container here can have.
    const warnings = previewSpec(ctx, draft);
    requireBindSources(definition.mounts);
    const directory = join(ctx.root, 'containers', id);
    // Its log and writable layer go here; a reader may come before the first start.
    mkdirSync(directory, { recursive: true, mode: 0o711 });
    try {
      // A service killed in between must not leave volumes that no container has.
      const record = ctx.store.putWith(() => {
        const volumes = ctx.volumes.attach(complete.mounts, image?.config.volumes ?? []);
        return { ...draft, volumes, warnings };
      });
      ctx.emit('container', 'create', id, name, attributesOf(record));
      return record;
    } catch (error) {
      rmSync(directory, { recursive: true, force: true });
      throw error;
    }
  });
}

/** @throws SelkieError NO_MATCHING_PLATFORM */
function refuseOtherPlatform({ platform, image: name = '' }: ContainerDefinition, image?: RunnableImage): void {
  if (platform === undefined || image === undefined || runsOn(image, platform)) return;
  const reason = `image ${name} is for ${formatPlatform(image)}, not for ${formatPlatform(platform)}`;
  throw new SelkieError('NO_MATCHING_PLATFORM', { reason });
}

function imageOf(
  image: RunnableImage,
  { image: asked = '' }: ContainerDefinition,
): NonNullable<ContainerRecord['image']> {
  const { id, digest, chainIds, name } = image;
  return { id, name: asked, ...(name && { fullName: name }), digest, chainIds };
}

/** Settings without a test of their own change those of the image's check; without either there is none. */
function withHealth(definition: ContainerDefinition, ofImage: HealthDefinition | undefined): ContainerDefinition {
  const { health, ...rest } = definition;
  const test = health?.test.length ? health.test : ofImage?.test;
  if (!test?.length) return rest;
  const asked = Object.fromEntries(Object.entries(health ?? {}).filter(([, value]) => value !== undefined));
  return { ...rest, health: { ...ofImage, ...asked, test } };
}

/** Containers whose namespaces this one asks to join. */
function containersShared({ namespaces, network }: ContainerDefinition): string[] {
  return [...Object.values(namespaces), network.mode].flatMap((mode) =>
    mode.kind === 'container' ? [mode.container] : [],
  );
}
