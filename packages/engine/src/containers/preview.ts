import type { ContainerContext } from './context.ts';
import type { MountDefinition } from './definition.ts';
import { initProgram } from './init-program.ts';
import type { AttachedVolume, ContainerRecord } from './record.ts';
import { cgroupOf } from './sandbox.ts';
import { buildSpec } from './spec/spec.ts';

const NOBODY_YET = { uid: 0, gid: 0, additionalGids: [0], home: '/', username: '' };
const ANY_NAMESPACE = '/proc/self/ns';

/**
 * Builds a container's spec for what it would refuse or warn of, before anything of it exists. What only its start can know (users, files,
 * namespaces of others) is filled in with something valid.
 * @throws SelkieError INVALID_PARAMETER, UNSUPPORTED, HOST (no init program)
 */
export function previewSpec(ctx: ContainerContext, record: ContainerRecord): string[] {
  return buildSpec({
    id: record.id,
    definition: record.definition,
    process: record.process,
    user: NOBODY_YET,
    volumes: record.definition.mounts.flatMap(placeholder),
    rootfs: record.definition.rootfs ?? '/',
    cgroupsPath: cgroupOf(ctx, record),
    namespacePaths: {
      pid: ANY_NAMESPACE,
      ipc: ANY_NAMESPACE,
      uts: ANY_NAMESPACE,
      cgroup: ANY_NAMESPACE,
      network: ANY_NAMESPACE,
    },
    files: { shm: '/dev/shm', ...(record.definition.init && { init: initProgram() }) },
    host: ctx.host,
  }).warnings;
}

/** A volume that will be made. */
function placeholder(mount: MountDefinition): AttachedVolume[] {
  if (mount.type !== 'volume') return [];
  const { name, target, readOnly, options, noCopy } = mount;
  return [{ name, path: '/', target, anonymous: name === '', readOnly, options, noCopy }];
}
