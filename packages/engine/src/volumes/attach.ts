import type { MountDefinition } from '../containers/definition.ts';
import type { AttachedVolume } from '../containers/record.ts';
import type { VolumeContext } from './context.ts';
import { buildVolume, create, type VolumeRequest } from './create.ts';

type VolumeMountDefinition = Extract<MountDefinition, { type: 'volume' }>;
type Place = Pick<VolumeMountDefinition, 'target' | 'readOnly' | 'options' | 'noCopy' | 'subpath'>;

/**
 * Makes the volumes a container asks for where they are not there yet. In one go: nothing may come between a volume that no container has
 * and the record of the one that does. Where one cannot be, none is made.
 * @param imageVolumes targets the image wants a volume at
 * @throws SelkieError INVALID_PARAMETER, UNSUPPORTED
 */
export function attach(
  ctx: VolumeContext,
  mounts: readonly MountDefinition[],
  imageVolumes: readonly string[],
): AttachedVolume[] {
  const covered = new Set(mounts.map(({ target }) => target));
  const wanted: { request: VolumeRequest; place: Place }[] = [
    ...mounts.flatMap((mount) => (mount.type === 'volume' ? { request: requestOf(mount), place: mount } : [])),
    ...imageVolumes
      .filter((target) => !covered.has(target))
      .map((target) => ({ request: {}, place: { target, readOnly: false, options: [], noCopy: false } })),
  ];
  for (const { request } of wanted) if (!ctx.store.get(request.name ?? '')) buildVolume(ctx, request);
  return wanted.map(({ request, place }) => {
    const { name, path, anonymous } = create(ctx, request);
    const { target, readOnly, options, noCopy, subpath } = place;
    return { name, path, target, anonymous, readOnly, options, noCopy, ...(subpath ? { subpath } : {}) };
  });
}

function requestOf({ name, driver, labels, driverOptions }: VolumeMountDefinition): VolumeRequest {
  return {
    ...(name === '' ? {} : { name }),
    ...(driver === undefined ? {} : { driver }),
    ...(labels === undefined ? {} : { labels }),
    ...(driverOptions === undefined ? {} : { options: driverOptions }),
  };
}
