import { SelkieError } from '@selkie/contract';
import type { ResourcesDefinition } from '../definition.ts';
import { buildBlockIo } from './block-io.ts';
import { buildCpu } from './cpu.ts';
import type { HostFacts } from './host.ts';
import type { Warn } from './input.ts';
import { buildMemory } from './memory.ts';
import type { OciDeviceRule, OciResources } from './types.ts';

/** Limits as the runtime sets them, at create and (without device rules) on update. What this host has no controller for is warned about. */
export function buildResources(
  asked: ResourcesDefinition,
  host: Pick<HostFacts, 'cgroups' | 'devices'>,
  warn: Warn,
  rules?: readonly OciDeviceRule[],
  defaultPids?: number,
): OciResources {
  const memory = buildMemory(asked, host.cgroups, warn);
  const cpu = buildCpu(asked, host.cgroups, warn);
  const blockIO = buildBlockIo(asked, host.cgroups, host.devices, warn);
  const pids = pidsOf(asked.pidsLimit, host, warn, defaultPids);
  const unified = unifiedOf(asked, host);
  return {
    ...(rules && { devices: rules }),
    ...(memory && Object.keys(memory).length > 0 && { memory }),
    ...(cpu && Object.keys(cpu).length > 0 && { cpu }),
    ...(pids && { pids }),
    ...(blockIO && { blockIO }),
    ...(unified && { unified }),
  };
}

/** Zero and negative numbers both mean unlimited. */
function pidsOf(
  asked: number | undefined,
  host: Pick<HostFacts, 'cgroups'>,
  warn: Warn,
  byDefault: number | undefined,
): OciResources['pids'] {
  const limit = asked ?? byDefault;
  if (limit === undefined) return undefined;
  if (!host.cgroups.pids) {
    if (asked !== undefined && asked > 0) warn('This host does not support limits on processes; it has no effect');
    return undefined;
  }
  return { limit: limit > 0 ? limit : -1 };
}

function unifiedOf(asked: ResourcesDefinition, host: Pick<HostFacts, 'cgroups'>): OciResources['unified'] {
  const { unified } = asked;
  if (unified === undefined || Object.keys(unified).length === 0) return undefined;
  if (host.cgroups.version !== 2) {
    throw new SelkieError('INVALID_PARAMETER', { reason: 'unified cgroup settings need cgroup v2' });
  }
  for (const file of Object.keys(unified)) {
    if (!/^[a-z]+\.[\w.]+$/.test(file)) {
      throw new SelkieError('INVALID_PARAMETER', { reason: `invalid cgroup file name: ${file}` });
    }
  }
  return unified;
}
