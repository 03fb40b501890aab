import { SelkieError } from '@selkie/contract';
import type { ContainerContext } from './context.ts';
import type { EndpointRequest } from './definition.ts';
import type { ContainerRecord, Endpoint } from './record.ts';
import { rewire } from './rewire.ts';
import { isLive } from './status.ts';

/**
 * Puts a container on one more network; one that runs is on it when this returns.
 * @throws SelkieError NO_SUCH_CONTAINER, NO_SUCH_NETWORK, AMBIGUOUS_ID, NETWORK_CONNECTED, INVALID_PARAMETER, CONTAINER_STATE, ADDRESS_IN_USE,
 * POOL_EXHAUSTED, PORT_IN_USE, HOST
 */
export async function connect(
  ctx: ContainerContext,
  reference: string,
  network: string,
  request: EndpointRequest,
): Promise<void> {
  const { id } = ctx.store.find(reference);
  await ctx.recovered().catch(() => {});
  await ctx.lock.run(id, async () => {
    const record = ctx.store.find(id);
    refuseUnlessChangeable(record);
    const endpoint = ctx.networks.resolveOne(network, request, record);
    if (!isLive(record)) {
      ctx.store.put({ ...record, endpoints: inserted(record.endpoints, endpoint) });
      return;
    }
    const leased = ctx.networks.plan(id, [endpoint]).map(({ network: _, primary: __, ...rest }) => rest);
    try {
      await rewire(ctx, record, inserted(record.endpoints, ...leased));
    } catch (error) {
      ctx.networks.release(id, endpoint.networkId);
      throw error;
    }
  });
}

/** Only a container with a network namespace of its own for bridges can be put on networks and taken off. @throws SelkieError INVALID_PARAMETER, CONTAINER_STATE */
export function refuseUnlessChangeable({ id, state, definition }: ContainerRecord): void {
  if (state.status === 'removing' || state.status === 'dead') {
    const reason = `container ${id} is marked for removal and cannot be connected or disconnected to the network`;
    throw new SelkieError('CONTAINER_STATE', { reason });
  }
  const { kind } = definition.network.mode;
  if (kind === 'bridge') return;
  const reason =
    kind === 'none' || kind === 'private'
      ? 'container cannot be connected to multiple networks with one of the networks in private (none) mode'
      : 'container sharing network namespace with another container or host cannot be connected to any other network';
  throw new SelkieError('INVALID_PARAMETER', { reason });
}

/** Behind all that come before it by priority: the first that leads outside carries the default route. */
function inserted(endpoints: readonly Endpoint[], ...added: readonly Endpoint[]): Endpoint[] {
  const priority = ({ gatewayPriority = 0 }: Endpoint) => gatewayPriority;
  return [...endpoints, ...added].sort((a, b) => priority(b) - priority(a));
}
