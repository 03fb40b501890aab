import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SelkieError } from '@selkie/contract';
import { attributesOf } from './attributes.ts';
import type { ContainerContext } from './context.ts';
import type { ResourcesDefinition, RestartDefinition } from './definition.ts';
import type { ContainerRecord } from './record.ts';
import { bundleOf } from './sandbox.ts';
import { buildResources } from './spec/resources.ts';
import { stringifySpec } from './spec/stringify.ts';
import { isLive } from './status.ts';
import { validateDefinition } from './validate.ts';

/** The limits a runtime can change while a container runs. */
export type ChangeableResources = Partial<
  Pick<
    ResourcesDefinition,
    | 'memory'
    | 'memoryReservation'
    | 'memorySwap'
    | 'cpuShares'
    | 'cpuPeriod'
    | 'cpuQuota'
    | 'cpuRealtimePeriod'
    | 'cpuRealtimeRuntime'
    | 'nanoCpus'
    | 'cpusetCpus'
    | 'cpusetMems'
    | 'pidsLimit'
    | 'blkioWeight'
  >
>;

export interface ContainerChange {
  readonly resources?: ChangeableResources;
  readonly restart?: RestartDefinition;
}

/**
 * Changes what a container was made with: for a running one at once, for the others from their next start.
 * @returns warnings about limits this host does not have
 * @throws SelkieError NO_SUCH_CONTAINER, CONTAINER_STATE, INVALID_PARAMETER, RUNTIME
 */
export async function update(
  ctx: ContainerContext,
  reference: string,
  { resources = {}, restart }: ContainerChange,
  signal: AbortSignal,
): Promise<string[]> {
  const { id } = ctx.store.find(reference);
  return ctx.lock.run(id, async () => {
    const { definition, state } = ctx.store.find(id);
    if (state.status === 'removing' || state.status === 'dead') {
      throw new SelkieError('CONTAINER_STATE', {
        reason: `container ${id} is marked for removal and cannot be updated`,
      });
    }
    const changed = {
      ...definition,
      resources: merge(definition.resources, resources),
      restart: restart ?? definition.restart,
    };
    validateDefinition(changed);
    const warnings: string[] = [];
    const limits = buildResources(changed.resources, ctx.host, (message) => warnings.push(message));
    if (Object.keys(resources).length > 0 && isLive(ctx.store.find(id))) {
      const path = join(bundleOf(ctx, id), 'resources.json');
      writeFileSync(path, stringifySpec(limits), { mode: 0o600 });
      await ctx
        .runtime(definition.runtime)
        .update(id, path, signal)
        .finally(() => rmSync(path, { force: true }));
    }
    // Read again: its health or restart count may have changed meanwhile.
    const updated: ContainerRecord = ctx.store.put({ ...ctx.store.find(id), definition: changed });
    ctx.emit('container', 'update', id, updated.name, attributesOf(updated));
    return warnings;
  });
}

/** A quota and a number of processors say the same: the newer word counts. */
function merge(asked: ResourcesDefinition, change: ChangeableResources): ResourcesDefinition {
  const { nanoCpus, cpuPeriod, cpuQuota, ...rest } = asked;
  if (change.nanoCpus !== undefined) return { ...rest, ...change };
  if (change.cpuPeriod !== undefined || change.cpuQuota !== undefined) {
    return {
      ...rest,
      ...(cpuPeriod === undefined ? {} : { cpuPeriod }),
      ...(cpuQuota === undefined ? {} : { cpuQuota }),
      ...change,
    };
  }
  return { ...asked, ...change };
}
