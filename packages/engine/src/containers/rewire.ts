import type { ContainerContext } from './context.ts';
import { resolvePorts } from './ports.ts';
import type { ContainerRecord, Endpoint, PublishedPort } from './record.ts';
import { refreshContainerFiles } from './refresh-files.ts';
import { attachRequest, bundleOf } from './sandbox.ts';

/**
 * Gives a container that runs other endpoints, their addresses leased; the caller holds its lock. The record comes first: a service that is
 * killed midway brings the host in line with it at its next start. Where it fails all is as it was.
 */
export async function rewire(
  ctx: ContainerContext,
  record: ContainerRecord,
  endpoints: readonly Endpoint[],
): Promise<void> {
  const before = attachRequest(ctx, record);
  const wanted = { ...record, endpoints };
  const changed = ctx.store.put({ ...wanted, publishedPorts: republish(ctx, wanted) });
  const after = attachRequest(ctx, changed);
  try {
    await ctx.networks.change(before, after);
  } catch (error) {
    const current = ctx.store.get(record.id) ?? record;
    ctx.store.put({ ...current, endpoints: record.endpoints, publishedPorts: record.publishedPorts });
    throw error;
  }
  refreshContainerFiles(bundleOf(ctx, record.id), record, before.endpoints, after.endpoints);
}

/** Ports keep their numbers on the host; those of a family the container no longer has an address of are closed. */
function republish(ctx: ContainerContext, record: ContainerRecord): PublishedPort[] {
  return resolvePorts(ctx, record, record.publishedPorts).filter(({ hostIp }) =>
    record.endpoints.some(({ ipv4, ipv6 }) => (hostIp.includes(':') ? ipv6 : ipv4)),
  );
}
