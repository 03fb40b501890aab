import { closeSync, constants, openSync } from 'node:fs';
import { cloneTree } from '@selkie/native/mount-tree';
import { O_PATH } from '@selkie/native/path';
import type { ContainerContext } from '../context.ts';
import { isAlive } from '../process-identity.ts';
import type { ContainerRecord } from '../record.ts';
import { ensureBindSources } from '../spec/bind-sources.ts';
import { normalizeTarget } from '../spec/mounts.ts';
import type { ViewPlan } from './job.ts';
import { boundTree, emptyTree, volumeTree } from './trees.ts';

/** A plan, and what must stay while it is worked on. */
export interface HeldPlan extends Disposable {
  readonly plan: ViewPlan;
  /** Closes the plan's descriptors, where nobody takes them over. */
  abandon(): void;
}

/**
 * What a container sees as its files: as its processes see them while it runs, as a start would mount them otherwise. The caller holds its
 * lock.
 */
export async function planView(ctx: ContainerContext, record: ContainerRecord): Promise<HeldPlan> {
  const root = openProcessRoot(record);
  if (root !== undefined) {
    return {
      plan: { root, readOnly: false, mounts: [] },
      abandon: () => closeSync(root),
      [Symbol.dispose]: () => {},
    };
  }
  // One at a time: a volume that one of them is done with could be what the next has just made ready.
  return ctx.lock.run('archive volumes', () => planStopped(ctx, record));
}

async function planStopped(ctx: ContainerContext, record: ContainerRecord): Promise<HeldPlan> {
  const { rootfs, security, mounts: asked } = record.definition;
  const held = rootfs === undefined ? ctx.snapshots.hold(record.id, record.image?.chainIds ?? []) : undefined;
  const opened: number[] = [];
  const abandon = () => {
    for (const fd of opened.splice(0)) closeSync(fd);
  };
  const keep = (fd: number) => {
    opened.push(fd);
    return fd;
  };
  try {
    const source = held?.path ?? rootfs ?? '';
    const root = keep(cloneTree(source, { recursive: rootfs !== undefined }));
    ensureBindSources(asked);
    const mounts: { target: string; tree: number }[] = [];
    for (const mount of asked) {
      if (mount.type === 'volume') continue;
      const tree = keep(mount.type === 'bind' ? boundTree(mount) : emptyTree());
      mounts.push({ target: normalizeTarget(mount.target), tree });
    }
    for (const volume of record.volumes) {
      await ctx.volumes.populate(volume, source);
      mounts.push({ target: normalizeTarget(volume.target), tree: keep(volumeTree(volume)) });
    }
    mounts.sort((a, b) => depth(a.target) - depth(b.target));
    const release = () => held?.[Symbol.dispose]();
    return { plan: { root, readOnly: security.readOnlyRootfs, mounts }, abandon, [Symbol.dispose]: release };
  } catch (error) {
    abandon();
    held?.[Symbol.dispose]();
    throw error;
  } finally {
    // The trees keep what they are of.
    ctx.volumes.release(record.id, record.volumes);
  }
}

/** The root of its first process, unless that has gone. */
function openProcessRoot({ state: { pid, pidStart } }: ContainerRecord): number | undefined {
  if (!isAlive(pid, pidStart)) return undefined;
  let fd: number;
  try {
    fd = openSync(`/proc/${pid}/root`, O_PATH | constants.O_DIRECTORY);
  } catch (error) {
    const gone = error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH');
    if (gone) return undefined;
    throw error;
  }
  // It was the very process, and not another with its number, if it is alive still.
  if (isAlive(pid, pidStart)) return fd;
  closeSync(fd);
  return undefined;
}

function depth(path: string): number {
  return path.split('/').length;
}
