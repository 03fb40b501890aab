import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AttachRequest, EndpointPlan } from '../ports/network-driver.ts';
import type { ContainerContext } from './context.ts';
import { writeContainerFiles } from './files.ts';
import { initProgram } from './init-program.ts';
import { resolvePorts } from './ports.ts';
import { isAlive } from './process-identity.ts';
import type { ContainerRecord } from './record.ts';
import { sharedNamespaces } from './shared-namespaces.ts';
import { mountShm, unmountShm } from './shm.ts';
import { ensureBindSources } from './spec/bind-sources.ts';
import { buildSpec } from './spec/spec.ts';
import { stringifySpec } from './spec/stringify.ts';
import { resolveUser } from './user.ts';
import { mountVolumes, unmountSubpaths } from './volume-mounts.ts';

/** Bundle and monitor directory of a container while it runs. */
export function bundleOf(ctx: ContainerContext, id: string): string {
  return join(ctx.runroot, 'bundles', id);
}

export function logPathOf(ctx: ContainerContext, record: ContainerRecord): string | undefined {
  const { driver, path } = record.definition.log;
  if (driver === 'none' || driver === 'passthrough') return undefined;
  return path ?? join(ctx.root, 'containers', record.id, 'ctr.log');
}

export function cgroupOf(ctx: ContainerContext, record: ContainerRecord): string {
  return ctx.cgroups.pathFor(record.id, record.definition.resources.cgroupParent);
}

/**
 * Makes everything a process needs before the runtime is called: root, network, files, bundle. What it takes is written to the
 * record first, so that teardown finds it whatever happens in between.
 */
export async function prepare(ctx: ContainerContext, starting: ContainerRecord): Promise<ContainerRecord> {
  const bundle = bundleOf(ctx, starting.id);
  // Of a run before this one that could not be cleaned up after.
  unmountShm(bundle);
  unmountSubpaths(bundle);
  rmSync(bundle, { recursive: true, force: true });
  mkdirSync(bundle, { recursive: true, mode: 0o700 });
  const rootfs = starting.definition.rootfs ?? ctx.snapshots.mount(starting.id, starting.image?.chainIds ?? []);
  ensureBindSources(starting.definition.mounts);
  const volumes = await mountVolumes(ctx, bundle, starting, rootfs);

  const { record, endpoints, namespace } = await connect(ctx, starting);
  const shared = sharedNamespaces(ctx, record);
  const shm = mountShm(bundle, record);
  const files = {
    ...writeContainerFiles(bundle, record, endpoints),
    ...(shm === undefined ? {} : { shm }),
    ...(record.definition.init ? { init: initProgram() } : {}),
    ...shared.files,
  };
  const { process, groups } = { process: record.process, groups: record.definition.process.groups };
  const { spec, warnings } = buildSpec({
    id: record.id,
    definition: record.definition,
    process,
    user: resolveUser(rootfs, process.user, groups),
    volumes,
    rootfs,
    cgroupsPath: cgroupOf(ctx, record),
    namespacePaths: { ...shared.paths, ...(namespace === undefined ? {} : { network: namespace }) },
    files,
    host: ctx.host,
    runtime: ctx.runtime(record.definition.runtime).name,
  });
  writeFileSync(join(bundle, 'config.json'), stringifySpec(spec), { mode: 0o600 });
  return ctx.store.put({ ...record, warnings });
}

interface Connected {
  readonly record: ContainerRecord;
  readonly endpoints: readonly EndpointPlan[];
  readonly namespace?: string;
}

/** Whether the engine makes its network namespace, rather than sharing one. */
export function ownsNamespace({ definition }: ContainerRecord): boolean {
  const { kind } = definition.network.mode;
  return kind === 'bridge' || kind === 'none' || kind === 'private';
}

/** A network namespace of its own, with interfaces where its mode is bridge. */
async function connect(ctx: ContainerContext, record: ContainerRecord): Promise<Connected> {
  const { mode } = record.definition.network;
  if (!ownsNamespace(record)) return { record, endpoints: [] };
  const namespace = ctx.driver.createNamespace(record.id);
  if (mode.kind === 'none' || mode.kind === 'private') return { record, endpoints: [], namespace };
  const plans = ctx.networks.plan(record.id, record.endpoints);
  const connected = ctx.store.put({
    ...record,
    endpoints: plans.map(({ network, primary, ...endpoint }) => endpoint),
    publishedPorts: resolvePorts(ctx, record),
  });
  await ctx.networks.attach({ ...attachRequest(ctx, connected, plans), namespace });
  return { record: connected, endpoints: plans, namespace };
}

/** What the driver was or will be asked for this container. */
export function attachRequest(
  ctx: ContainerContext,
  record: ContainerRecord,
  plans = ctx.networks.planned(record.endpoints),
): AttachRequest {
  return {
    containerId: record.id,
    containerName: record.name,
    namespace: join(ctx.runroot, 'netns', record.id),
    endpoints: plans,
    ports: record.publishedPorts,
  };
}

/**
 * Gives back everything a container held while it ran. Of nothing: a success, so it may be repeated after a crash. What cannot be given back
 * does not keep the rest.
 * @throws the first failure, once all has been tried
 */
export async function teardown(ctx: ContainerContext, record: ContainerRecord): Promise<void> {
  ctx.exitWatches.get(record.id)?.[Symbol.dispose]();
  ctx.exitWatches.delete(record.id);
  const { pid, pidStart } = record.state;
  const exited = pid > 0 && !isAlive(pid, pidStart);
  const bundle = bundleOf(ctx, record.id);
  const failures: unknown[] = [];
  const attempt = async (...steps: readonly (() => unknown)[]) => {
    for (const step of steps) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all([
    attempt(() => ctx.runtime(record.definition.runtime).delete(record.id, { exited })),
    attempt(...disconnection(ctx, record)),
  ]);
  await attempt(
    () => ctx.cgroups.remove(cgroupOf(ctx, record)),
    () => record.definition.rootfs ?? ctx.snapshots.unmount(record.id),
    () => ctx.volumes.release(record.id, record.volumes),
    () => {
      unmountShm(bundle);
      unmountSubpaths(bundle);
      // The monitors of exec sessions may still be writing there.
      rmSync(bundle, { recursive: true, force: true, maxRetries: 5, retryDelay: 5 });
    },
  );
  for (const failure of failures) throw failure;
}

/** The namespace first: the kernel then takes the interfaces with it by itself, which spares detach the wait for its grace period. */
function disconnection(ctx: ContainerContext, record: ContainerRecord): (() => unknown)[] {
  if (!ownsNamespace(record)) return [];
  const bridged = record.definition.network.mode.kind === 'bridge';
  return [
    () => ctx.driver.removeNamespace(record.id),
    ...(bridged ? [() => ctx.networks.detach(attachRequest(ctx, record))] : []),
    () => ctx.networks.release(record.id),
  ];
}
