import { isSelkieError, SelkieError } from '@selkie/contract';
import { refuseUnlessChangeable } from './connect.ts';
import type { ContainerContext } from './context.ts';
import type { ContainerRecord, Endpoint } from './record.ts';
import { rewire } from './rewire.ts';
import { isLive } from './status.ts';

export interface DisconnectOptions {
  /** Takes it off the network also where the host cannot undo its part; the next start of the service does. */
  readonly force?: boolean;
}

/**
 * Takes a container off a network, its last one too.
 * @throws SelkieError NO_SUCH_CONTAINER, NO_SUCH_NETWORK, AMBIGUOUS_ID, NETWORK_NOT_CONNECTED, INVALID_PARAMETER, CONTAINER_STATE, HOST
 */
export async function disconnect(
  ctx: ContainerContext,
  reference: string,
  network: string,
  { force = false }: DisconnectOptions,
): Promise<void> {
  const { id } = ctx.store.find(reference);
  await ctx.recovered().catch(() => {});
  await ctx.lock.run(id, async () => {
    const record = ctx.store.find(id);
    refuseUnlessChangeable(record);
    const gone = endpointOn(ctx, record, network);
    const endpoints = record.endpoints.filter((endpoint) => endpoint !== gone);
    if (!isLive(record)) {
      ctx.store.put({ ...record, endpoints });
      return;
    }
    try {
      await rewire(ctx, record, endpoints);
    } catch (error) {
      if (!force) throw error;
      ctx.report(`disconnecting container ${id} from network ${gone.networkName}`, error);
      ctx.store.put({ ...(ctx.store.get(id) ?? record), endpoints });
    }
    ctx.networks.release(id, gone.networkId);
  });
}

/** A container that does not run may be configured for a network that is gone. */
function endpointOn(ctx: ContainerContext, record: ContainerRecord, network: string): Endpoint {
  const of = (matches: (endpoint: Endpoint) => boolean) => record.endpoints.find(matches);
  const known = of(({ networkId, networkName }) => networkId === network || networkName === network);
  if (known) return known;
  const { id, name } = findNetwork(ctx, record, network);
  const found = of(({ networkId }) => networkId === id);
  if (!found) throw new SelkieError('NETWORK_NOT_CONNECTED', { container: record.id, network: name });
  return found;
}

function findNetwork(ctx: ContainerContext, record: ContainerRecord, network: string): { id: string; name: string } {
  try {
    return ctx.networks.find(network);
  } catch (error) {
    const byPrefix = record.endpoints.find(({ networkId }) => network !== '' && networkId.startsWith(network));
    if (!isSelkieError(error, 'NO_SUCH_NETWORK') || !byPrefix) throw error;
    return { id: byPrefix.networkId, name: byPrefix.networkName };
  }
}
