import { join } from 'node:path';
import type { ContainerContext } from './context.ts';
import { filesDirectory } from './files.ts';
import type { ContainerRecord } from './record.ts';
import { bundleOf, logPathOf } from './sandbox.ts';
import { capabilitySets, resolveCapabilities } from './spec/capabilities.ts';
import { defaultsOf } from './spec/defaults.ts';

/** Where a container is on this host and what it has there, beside its record. */
export interface ContainerDetails {
  /** Name of the OCI runtime it runs, or would run, under. */
  readonly runtime: string;
  readonly cgroupManager: string;
  /** What a container that says nothing about its cgroup namespace gets on this host. */
  readonly cgroupNamespace: 'private' | 'host';
  /** 0: no limit. */
  readonly pidsLimit: number;
  /** Of its control groups, below every hierarchy's mount point. */
  readonly cgroupPath: string;
  /** What it runs from and its monitor's files; there while it runs. */
  readonly bundle: string;
  /** Holds its hosts, hostname and resolv.conf while it runs. */
  readonly filesDirectory: string;
  /** Keeps what survives a restart of the host. */
  readonly directory: string;
  /** Undefined where its log driver keeps none. */
  readonly logPath: string | undefined;
  /** Undefined where it has the host's or another's network. */
  readonly networkNamespace: string | undefined;
  /** Undefined for a container on a directory of the host. */
  readonly upperDirectory: string | undefined;
  /** Directories of its image's layers, the topmost first. */
  readonly layerDirectories: readonly string[];
  readonly capabilities: { readonly bounding: readonly string[]; readonly effective: readonly string[] };
  /** It is down only until its restart policy starts it again. */
  readonly restarting: boolean;
}

/** @throws SelkieError NO_SUCH_CONTAINER */
export function details(ctx: ContainerContext, reference: string): ContainerDetails {
  const record = ctx.store.find(reference);
  const { id, definition, image } = record;
  const bundle = bundleOf(ctx, id);
  const shared = ['host', 'container', 'path'].includes(definition.network.mode.kind);
  return {
    runtime: ctx.runtime(definition.runtime).name,
    cgroupManager: ctx.cgroups.manager,
    cgroupNamespace: ctx.cgroups.version === 2 ? 'private' : 'host',
    pidsLimit: Math.max(0, definition.resources.pidsLimit ?? defaultsOf(definition).pidsLimit ?? 0),
    cgroupPath: ctx.cgroups.pathFor(id, definition.resources.cgroupParent),
    bundle,
    filesDirectory: filesDirectory(bundle),
    directory: join(ctx.root, 'containers', id),
    logPath: logPathOf(ctx, record),
    networkNamespace: shared ? undefined : join(ctx.runroot, 'netns', id),
    upperDirectory: definition.rootfs === undefined ? ctx.snapshots.upperDir(id) : undefined,
    layerDirectories: (image?.chainIds ?? [])
      .map((chainId) => ctx.snapshots.find(chainId))
      .filter((directory) => directory !== undefined)
      .map((directory) => join(ctx.root, 'snapshots', directory))
      .reverse(),
    capabilities: capabilitiesOf(ctx, record),
    restarting: ctx.pendingRestarts.has(id),
  };
}

function capabilitiesOf(
  ctx: ContainerContext,
  { definition, process }: ContainerRecord,
): ContainerDetails['capabilities'] {
  const defaults = defaultsOf(definition);
  // What would be warned about was, when it was started.
  const all = resolveCapabilities(definition.security, defaults.capabilities, ctx.host.capabilities, () => {});
  const [user = ''] = process.user.split(':');
  const uid = ['', '0', 'root'].includes(user) ? 0 : 1;
  return capabilitySets(all, uid, definition.security, defaults);
}
