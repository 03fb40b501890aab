import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SelkieError } from '@selkie/contract';
import { lockFile } from '@selkie/native/flock';
import { findAardvark } from './adapters/bridge/aardvark.ts';
import { BridgeDriver } from './adapters/bridge/driver.ts';
import { HostCgroups } from './adapters/cgroups/cgroups.ts';
import { Conmon } from './adapters/conmon/conmon.ts';
import { openRuntime } from './adapters/oci-runtime/open.ts';
import { findExecutable, runtimes as installedRuntimes, probeRuntime } from './adapters/oci-runtime/probe.ts';
import { OverlaySnapshots } from './adapters/overlay/snapshots.ts';
import { HostTrees } from './adapters/overlay/trees.ts';
import { registriesSource } from './adapters/registry/registries-file.ts';
import { DistributionRegistry } from './adapters/registry/registry.ts';
import { SqliteStateStore } from './adapters/state/sqlite.ts';
import { ArchiveWorkers } from './containers/archive/workers.ts';
import { Containers } from './containers/containers.ts';
import type { ContainerContext } from './containers/context.ts';
import { KeyedLock } from './containers/keyed-lock.ts';
import type { ContainerRecord } from './containers/record.ts';
import { attachRequest, ownsNamespace } from './containers/sandbox.ts';
import { readHostFacts } from './containers/spec/host.ts';
import { isLive } from './containers/status.ts';
import { ContainerStore } from './containers/store.ts';
import { Events } from './events/events.ts';
import { Execs } from './exec/execs.ts';
import { ExecStore } from './exec/store.ts';
import { Health } from './health/health.ts';
import type { ImageUse } from './images/context.ts';
import { Images } from './images/images.ts';
import { runnable } from './images/runnable.ts';
import { SearchedNames, type ShortNames } from './images/short-names.ts';
import { Networks, type NetworkUser } from './networks/networks.ts';
import type { OciRuntime } from './ports/oci-runtime.ts';
import { System } from './system/system.ts';
import { Volumes } from './volumes/volumes.ts';

/** Found on the PATH. */
const MONITOR = 'conmon';

export interface EngineOptions {
  /** State that survives a reboot; one service at a time holds it. */
  readonly root: string;
  /** State of this boot. */
  readonly runroot: string;
  /** registries.conf v2; undefined: the host's. */
  readonly registriesConf?: string;
  /** Registries that may be spoken to in plain http or with a certificate nobody vouches for. */
  readonly insecureRegistries?: readonly string[];
  /** Hears of failures that no caller waits for: an exit that could not be cleaned up, a container that could not be taken up again. */
  readonly report?: (what: string, error: unknown) => void;
}

/** The container engine: everything both APIs do, without knowing either. */
export interface Engine extends AsyncDisposable {
  readonly containers: Containers;
  readonly execs: Execs;
  readonly health: Health;
  readonly images: Images;
  /** How libpod's clients' short image names are completed: aliases and search registries of registries.conf. */
  readonly shortNames: ShortNames;
  readonly networks: Networks;
  readonly volumes: Volumes;
  readonly events: Events;
  readonly system: System;
  /** Resolves once everything the last service left has been taken up; until then lists answer from the recorded state. */
  readonly ready: Promise<void>;
  /** Stops serving; containers go on. */
  close(): Promise<void>;
}

/**
 * Opens the engine on its directories.
 * @throws SelkieError ROOT_LOCKED when another service holds the root, HOST when the machine lacks something it needs
 */
export function openEngine(options: EngineOptions): Engine {
  const { root, runroot } = options;
  mkdirSync(join(root, 'containers'), { recursive: true, mode: 0o711 });
  mkdirSync(runroot, { recursive: true, mode: 0o711 });
  const lock = holdRoot(root);
  const state = new SqliteStateStore(join(root, 'state.db'));
  const events = new Events(state.database, (what, error) => options.report?.(what, error));
  const cgroups = new HostCgroups();
  const snapshots = new OverlaySnapshots({ root, state });
  const trees = new HostTrees();
  const driver = new BridgeDriver({ stateRoot: root, runRoot: runroot });
  const store = new ContainerStore(state);
  const registries = registriesSource(options.registriesConf);
  const registry = new DistributionRegistry({
    conf: registries,
    ...(options.insecureRegistries ? { insecureRegistries: options.insecureRegistries } : {}),
  });
  const images = new Images({
    root,
    state,
    registry,
    snapshots,
    trees,
    emit: events.emit,
    uses: () => store.all().flatMap(imageUse),
  });
  const networks = new Networks({
    state,
    driver,
    host: driver,
    emit: events.emit,
    users: (networkId) => store.all().flatMap((record) => networkUser(record, networkId)),
  });
  const volumes = new Volumes({ root, state, emit: events.emit, containers: () => store.all() });
  const runtimes = runtimeSource(runroot);
  let closing = false;

  const context: ContainerContext = {
    root,
    runroot,
    store,
    lock: new KeyedLock(),
    images: {
      runnable: (reference, names) => runnable(images.find(reference, names)),
    },
    imageMaker: images,
    networks,
    volumes,
    snapshots,
    trees,
    archives: new ArchiveWorkers(),
    driver,
    monitor: new Conmon(MONITOR),
    cgroups,
    host: readHostFacts(cgroups.features),
    runtime: runtimes,
    emit: events.emit,
    waitingAttaches: new Map(),
    exitWatches: new Map(),
    pendingRestarts: new Map(),
    onStopped: (record) => {
      health.stopped(record);
      execs.containerStopped(record.id);
    },
    onStarted: (record) => health.started(record),
    closing: () => closing,
    recovered: () => ready,
    report: (what, error) => options.report?.(what, error),
  };
  const containers = new Containers(context);
  const execs = new Execs(context, new ExecStore(state));
  const health = new Health(context);

  async function recover(): Promise<void> {
    await containers.recover();
    execs.recover();
    const wired = () => store.all().filter((record) => isLive(record) && ownsNamespace(record));
    // An exit settled in the midst of it would have what it gives back set up again.
    await context.lock.runAll(
      wired().map(({ id }) => id),
      async () => {
        const live = wired();
        networks.recover((containerId, networkId) =>
          live.some(({ id, endpoints }) => id === containerId && endpoints.some((one) => one.networkId === networkId)),
        );
        const requests = live.map((record) => attachRequest(context, record));
        await unlessFailed('restoring the networks', () => driver.reconcile(networks.all(), requests));
      },
    );
    await unlessFailed('taking up the volumes', () => volumes.recover());
    await unlessFailed('taking up the images', () => images.recover(new Set(store.all().map(({ id }) => id))));
  }

  /** What cannot be put right must not keep the rest from working. */
  async function unlessFailed(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      context.report(what, error);
    }
  }

  async function close(): Promise<void> {
    if (closing) return;
    closing = true;
    for (const timer of context.pendingRestarts.values()) clearTimeout(timer);
    for (const watch of context.exitWatches.values()) watch[Symbol.dispose]();
    health[Symbol.dispose]();
    await driver.close();
    await images.close();
    await context.archives.close();
    await snapshots[Symbol.asyncDispose]();
    state.close();
    lock[Symbol.dispose]();
  }

  const ready = recover();
  ready.catch(() => {}); // Whoever awaits `ready` hears of it.
  return {
    containers,
    execs,
    health,
    images,
    shortNames: new SearchedNames(registries),
    networks,
    volumes,
    events,
    system: new System({
      root,
      runroot,
      state,
      store,
      imageCount: () => images.count,
      cgroups,
      host: context.host,
      eventListeners: () => events.listeners,
      runtime: () => probeRuntime(undefined),
      runtimes: installedRuntimes,
      monitorPath: findExecutable(MONITOR) ?? MONITOR,
      dnsPath: findAardvark,
      registries,
      insecureRegistries: options.insecureRegistries ?? [],
    }),
    ready,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function imageUse({ id, image, state }: ContainerRecord): ImageUse[] {
  return image ? [{ containerId: id, running: isUp(state), imageId: image.id, chainIds: image.chainIds }] : [];
}

function networkUser({ id, name, state, endpoints }: ContainerRecord, networkId: string): NetworkUser[] {
  return endpoints.some((endpoint) => endpoint.networkId === networkId) ? [{ id, name, running: isUp(state) }] : [];
}

/** Or about to be: a start under way counts on what it has found. */
function isUp({ pid, status }: ContainerRecord['state']): boolean {
  return pid > 0 || status === 'starting';
}

function holdRoot(root: string): Disposable {
  try {
    return lockFile(join(root, 'lock'));
  } catch (cause) {
    throw new SelkieError('ROOT_LOCKED', { root }, { cause });
  }
}

/** Runtimes by name, probed on first use. */
function runtimeSource(runroot: string): (name: string | undefined) => OciRuntime {
  const known = new Map<string, OciRuntime>();
  return (name) => {
    const cached = known.get(name ?? '');
    if (cached) return cached;
    const runtime = openRuntime(probeRuntime(name), runroot);
    known.set(name ?? '', runtime);
    return runtime;
  };
}
