import type { Server } from 'node:http';
import { forgetInherited, inheritedSockets } from './listeners/activation.ts';
import { type Listener, type ListenOptions, listen } from './listeners/listen.ts';
import { destroyConnections } from './listeners/server.ts';
import { Service, type ServiceOptions } from './service.ts';

/** Short requests get this long to finish when the service stops, and streams as long again to end. */
const GRACE_MS = 10_000;

export interface HostOptions<E> extends ServiceOptions<E> {
  readonly listen: readonly string[];
  readonly listeners?: ListenOptions;
  readonly graceMs?: number;
}

/** A service that listens. */
export interface RunningService extends AsyncDisposable {
  /** Where clients reach it. */
  readonly uris: readonly string[];
  /** Calls `idle` once nothing has been under way for `ms`. */
  whenIdleFor(ms: number, idle: () => void): Disposable;
  /** Stops accepting, lets short requests finish, then ends streams. */
  close(): Promise<void>;
}

/**
 * Serves the routes on every address, or on none.
 * @throws SelkieError INVALID_PARAMETER, ADDRESS_IN_USE, HOST
 */
export async function createService<E>(options: HostOptions<E>): Promise<RunningService> {
  const service = new Service(options);
  const { graceMs = GRACE_MS } = options;
  const settings = { inherited: inheritedSockets(), ...options.listeners };
  forgetInherited();
  const listeners: Listener[] = [];
  let closed: Promise<void> | undefined;

  async function stop(): Promise<void> {
    const stopped = Promise.all(listeners.map(({ server }) => closeServer(server)));
    await service.activity.drain(graceMs);
    service.destroyTaken();
    for (const { server } of listeners) destroyConnections(server);
    await stopped;
  }
  function close(): Promise<void> {
    closed ??= stop();
    return closed;
  }

  try {
    for (const uri of options.listen) listeners.push(...(await listen(service, uri, settings)));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    uris: listeners.map(({ uri }) => uri),
    whenIdleFor: (ms, idle) => service.activity.whenIdleFor(ms, idle),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function closeServer(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  return promise;
}
