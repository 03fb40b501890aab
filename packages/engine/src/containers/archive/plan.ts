import { closeSync, constants, openSync } from 'node:fs';
import { O_PATH } from '@selkie/native/path';
import type { ContainerContext } from '../context.ts';
import { isAlive } from '../process-identity.ts';
import type { ContainerRecord } from '../record.ts';
import { ensureBindSources } from '../spec/bind-sources.ts';
import { bindOptions } from '../spec/mount-options.ts';
import { normalizeTarget } from '../spec/mounts.ts';
import type { MountedTree, ViewPlan } from './job.ts';

/** A plan, and what must stay while it is worked on. */
export interface HeldPlan extends Disposable {
  readonly plan: ViewPlan;
  /** A path of the host to the root, good until the plan is handed over. */
  readonly root: string;
  /** For a plan nobody works on. */
  abandon(): void;
}

/** What a container sees as its files: as its processes see them while it runs, as a start would mount them otherwise. The caller holds its lock. */
export async function planView(ctx: ContainerContext, record: ContainerRecord): Promise<HeldPlan> {
  const fd = openProcessRoot(record);
  if (fd !== undefined) {
    return {
      plan: { root: { fd }, mounts: [] },
      root: `/proc/self/fd/${fd}`,
      abandon: () => closeSync(fd),
      [Symbol.dispose]: () => {},
    };
  }
  const { rootfs, security } = record.definition;
  const held = rootfs === undefined ? ctx.snapshots.hold(record.id, record.image?.chainIds ?? []) : undefined;
  try {
    const source = held?.path ?? rootfs ?? '';
    ensureBindSources(record.definition.mounts);
    for (const volume of record.volumes) await ctx.volumes.populate(volume, source);
    const root = { source, readOnly: security.readOnlyRootfs, recursive: rootfs !== undefined };
    const release = () => held?.[Symbol.dispose]();
    return { plan: { root, mounts: mountsOf(record) }, root: source, abandon: release, [Symbol.dispose]: release };
  } catch (error) {
    held?.[Symbol.dispose]();
    throw error;
  }
}

/** The root of its first process, unless that has gone. */
function openProcessRoot({ state: { pid, pidStart } }: ContainerRecord): number | undefined {
  if (!isAlive(pid, pidStart)) return undefined;
  let fd: number;
  try {
    fd = openSync(`/proc/${pid}/root`, O_PATH | constants.O_DIRECTORY);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined;
    throw error;
  }
  // It was the very process, and not one with its number, if it is alive still.
  if (isAlive(pid, pidStart)) return fd;
  closeSync(fd);
  return undefined;
}

function mountsOf({ definition, volumes }: ContainerRecord): (MountedTree & { readonly target: string })[] {
  const mounted = (target: string, source: string | undefined, readOnly: boolean, options: readonly string[]) => {
    const bound = source === undefined ? [] : bindOptions(options, { target, readOnly, selinux: false });
    return {
      target: normalizeTarget(target),
      ...(source === undefined ? {} : { source }),
      // What is written to the tmpfs of a container that does not run would be gone when it does.
      readOnly: source === undefined || bound.includes('ro'),
      recursive: bound.includes('rbind'),
    };
  };
  const mounts = [
    ...definition.mounts.flatMap((mount) =>
      mount.type === 'volume'
        ? []
        : [mounted(mount.target, mount.type === 'bind' ? mount.source : undefined, mount.readOnly, mount.options)],
    ),
    ...volumes.map(({ target, path, readOnly, options }) =>
      mounted(
        target,
        path,
        readOnly,
        options.filter((option) => option !== 'copy' && option !== 'nocopy'),
      ),
    ),
  ];
  return mounts.sort((a, b) => depth(a.target) - depth(b.target));
}

function depth(path: string): number {
  return path.split('/').length;
}
