import { ArchiveWorkers } from '../../src/containers/archive/workers.ts';
import type { ContainerContext } from '../../src/containers/context.ts';
import { NEVER_RAN } from '../../src/containers/create.ts';
import { KeyedLock } from '../../src/containers/keyed-lock.ts';
import { processStart } from '../../src/containers/process-identity.ts';
import type { ContainerRecord, ContainerState } from '../../src/containers/record.ts';
import { ContainerStore } from '../../src/containers/store.ts';
import type { EngineEvent } from '../../src/events/event.ts';
import type { Emit } from '../../src/events/events.ts';
import { MemoryStateStore } from './memory-state.ts';
import { definition, host, resolved } from './spec.ts';

let made = 0;

/** A container that never ran, each a second younger than the one before. */
export function container(
  more: Partial<Omit<ContainerRecord, 'state'>> & { readonly state?: Partial<ContainerState> } = {},
): ContainerRecord {
  made++;
  return {
    id: made.toString(16).padStart(4, '0').padEnd(64, 'e'),
    name: `container_${made}`,
    created: new Date(Date.UTC(2024, 0, 1) + made * 1000).toISOString().replace('Z', '000000Z'),
    definition: definition(),
    process: resolved(),
    endpoints: [],
    publishedPorts: [],
    volumes: [],
    warnings: [],
    ...more,
    state: { ...NEVER_RAN, ...more.state },
  };
}

/** State of a container whose process is this one. */
export function running(pid = process.pid): Partial<ContainerState> {
  return { status: 'running', pid, pidStart: processStart(pid), startedAt: '2024-01-02T00:00:00.000000000Z' };
}

export interface FakeContext extends ContainerContext {
  readonly events: readonly EngineEvent[];
}

/** A context over memory. What a test does not give, nothing may call. */
export function fakeContext(
  records: readonly ContainerRecord[] = [],
  more: Partial<ContainerContext> = {},
): FakeContext {
  const events: EngineEvent[] = [];
  const emit: Emit = (type, action, id, name, attributes = {}) => {
    const event = { sequence: events.length + 1, time: BigInt(events.length), type, action, id, name, attributes };
    events.push(event);
    return event;
  };
  const context: FakeContext = {
    root: '/nonexistent/root',
    runroot: '/nonexistent/run',
    store: new ContainerStore(new MemoryStateStore()),
    lock: new KeyedLock(),
    images: absent('images'),
    imageMaker: absent('imageMaker'),
    networks: absent('networks'),
    volumes: absent('volumes'),
    snapshots: absent('snapshots'),
    trees: absent('trees'),
    archives: new ArchiveWorkers(),
    driver: absent('driver'),
    monitor: absent('monitor'),
    cgroups: absent('cgroups'),
    host: host(),
    runtime: () => absent('runtime'),
    emit,
    waitingAttaches: new Map(),
    exitWatches: new Map(),
    pendingRestarts: new Map(),
    onStopped: () => {},
    onStarted: () => {},
    closing: () => false,
    recovered: async () => {},
    report: () => {},
    events,
    ...more,
  };
  for (const record of records) context.store.put(record);
  return context;
}

/** A port of which only these members are there. */
export function only<T extends object>(name: string, members: Partial<T>): T {
  return new Proxy<T>(Object.assign(Object.create(null), members), {
    get(target, key) {
      if (Reflect.has(target, key)) return Reflect.get(target, key);
      throw new Error(`the test has no ${name}.${String(key)}`);
    },
  });
}

function absent<T extends object>(name: string): T {
  return only<T>(name, {});
}
