import { SelkieError } from '@selkie/contract';
import type { CgroupFeatures } from '../../ports/cgroups.ts';
import type { ResourcesDefinition } from '../definition.ts';
import type { Warn } from './input.ts';
import type { OciResources } from './types.ts';

const MINIMUM = 6 * 1024 * 1024;

/** Memory limits, checked against each other and what the host's memory controller has. */
export function buildMemory(asked: ResourcesDefinition, host: CgroupFeatures, warn: Warn): OciResources['memory'] {
  check(asked);
  const can = (value: unknown, feature: boolean, what: string): boolean => {
    const set = value !== undefined && value !== 0 && value !== false;
    if (set && !feature) warn(`This host does not support ${what}; it has no effect`);
    return set && feature;
  };
  const limit = can(asked.memory, host.memory, 'memory limits') ? asked.memory : undefined;
  const swap = swapOf(asked);
  return {
    ...(limit !== undefined && { limit }),
    ...(can(asked.memoryReservation, host.memoryReservation, 'memory reservations') && {
      reservation: asked.memoryReservation,
    }),
    ...(swap !== undefined && can(asked.memorySwap ?? (host.swap ? swap : 0), host.swap, 'swap limits') && { swap }),
    ...(can(
      asked.memorySwappiness !== undefined && asked.memorySwappiness >= 0,
      host.swappiness,
      'memory swappiness',
    ) && {
      swappiness: asked.memorySwappiness,
    }),
    ...(can(asked.oomKillDisable, host.oomKillDisable, 'disabling the OOM killer') && { disableOOMKiller: true }),
  };
}

/** Where only memory is limited, memory and swap together get twice that. */
function swapOf({ memory, memorySwap }: ResourcesDefinition): number | undefined {
  if (memorySwap !== undefined && memorySwap !== 0) return memorySwap;
  return memory ? memory * 2 : undefined;
}

function check(asked: ResourcesDefinition): void {
  const { memory = 0, memorySwap = 0, memoryReservation = 0, memorySwappiness = -1 } = asked;
  const fail = (reason: string): never => {
    throw new SelkieError('INVALID_PARAMETER', { reason });
  };
  if (memory !== 0 && memory < MINIMUM) fail('Minimum memory limit allowed is 6MB');
  if (memorySwap > 0 && memory === 0)
    fail('You should always set the Memory limit when using Memoryswap limit, see usage');
  if (memorySwap > 0 && memorySwap < memory) {
    fail('Minimum memoryswap limit should be larger than memory limit, see usage');
  }
  if (memoryReservation < 0) fail('Minimum memory reservation allowed is 6MB');
  if (memory > 0 && memoryReservation > memory) {
    fail('Minimum memory limit can not be less than memory reservation limit, see usage');
  }
  if (memorySwappiness < -1 || memorySwappiness > 100) {
    fail(`Invalid value: ${memorySwappiness}, valid memory swappiness range is 0-100`);
  }
}
