import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HostTrees } from '../../src/adapters/overlay/trees.ts';
import { NO_REGISTRIES_CONF, type RegistriesConf } from '../../src/adapters/registry/registries-conf.ts';
import { DistributionRegistry } from '../../src/adapters/registry/registry.ts';
import type { Emit } from '../../src/events/events.ts';
import type { ImageUse, LayerProgress } from '../../src/images/context.ts';
import { Images } from '../../src/images/images.ts';
import type { PullOptions, PullResult } from '../../src/images/pull.ts';
import type { StateStore } from '../../src/ports/state-store.ts';
import { FakeSnapshots } from './fake-snapshots.ts';
import { MemoryStateStore } from './memory-state.ts';

export interface Bench extends AsyncDisposable {
  readonly root: string;
  readonly state: StateStore;
  readonly images: Images;
  readonly snapshots: FakeSnapshots;
  readonly registry: DistributionRegistry;
  /** `action name` of every event. */
  readonly events: string[];
  /** Containers, for what is in use. */
  readonly uses: ImageUse[];
  pull(reference: string, options?: Partial<PullOptions>): Promise<PullResult & { progress: LayerProgress[] }>;
}

/** Images over a state in memory and layers in memory, with a registry client that loses no time. */
export function bench(options: { conf?: Partial<RegistriesConf>; root?: string; state?: StateStore } = {}): Bench {
  const root = options.root ?? mkdtempSync(join(tmpdir(), 'selkie-images-'));
  const state = options.state ?? new MemoryStateStore();
  const snapshots = new FakeSnapshots();
  const events: string[] = [];
  const uses: ImageUse[] = [];
  const conf = { ...NO_REGISTRIES_CONF, ...options.conf };
  const registry = new DistributionRegistry({
    conf: () => conf,
    retry: { attempts: 3, backoff: 10, maxDelay: 2000 },
    timeouts: { stall: 1000, headers: 2000 },
  });
  let sequence = 0;
  const emit: Emit = (type, action, id, name, attributes = {}) => {
    events.push(`${action} ${name}`);
    return { sequence: ++sequence, time: 0n, type, action, id, name, attributes };
  };
  const images = new Images({ root, state, registry, snapshots, trees: new HostTrees(), emit, uses: () => uses });
  return {
    root,
    state,
    images,
    snapshots,
    registry,
    events,
    uses,
    async pull(reference, pullOptions = {}) {
      const progress: LayerProgress[] = [];
      const signal = new AbortController().signal;
      const result = await images.pull(reference, { signal, onProgress: (p) => progress.push(p), ...pullOptions });
      return { ...result, progress };
    },
    async [Symbol.asyncDispose]() {
      await images.close();
      await registry.close();
      rmSync(root, { recursive: true });
    },
  };
}
