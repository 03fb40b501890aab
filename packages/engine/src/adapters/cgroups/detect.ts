import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CgroupFeatures } from '../../ports/cgroups.ts';
import { readText } from './files.ts';
import type { Hierarchies } from './hierarchies.ts';

/** What the mounted controllers have. */
export function detectFeatures(hierarchies: Hierarchies): CgroupFeatures {
  return hierarchies.version === 1 ? featuresV1(hierarchies) : featuresV2(hierarchies);
}

function featuresV1({ controllers }: Hierarchies): CgroupFeatures {
  const has = (controller: string, file: string): boolean => {
    const mount = controllers.get(controller);
    return mount !== undefined && existsSync(join(mount, file));
  };
  const cpuset = controllers.get('cpuset');
  return {
    version: 1,
    controllers: [...controllers.keys()].filter((name) => !name.startsWith('name=')),
    memory: has('memory', 'memory.limit_in_bytes'),
    memoryReservation: has('memory', 'memory.soft_limit_in_bytes'),
    swap: has('memory', 'memory.memsw.limit_in_bytes'),
    swappiness: has('memory', 'memory.swappiness'),
    oomKillDisable: has('memory', 'memory.oom_control'),
    cpuShares: has('cpu', 'cpu.shares'),
    cpuQuota: has('cpu', 'cpu.cfs_quota_us'),
    cpuRealtime: has('cpu', 'cpu.rt_runtime_us'),
    cpuset: cpuset !== undefined,
    cpus: cpuset === undefined ? '' : readText(join(cpuset, 'cpuset.effective_cpus')).trim(),
    mems: cpuset === undefined ? '' : readText(join(cpuset, 'cpuset.effective_mems')).trim(),
    pids: controllers.has('pids'),
    // The root group lacks weights; that it counts for BFQ tells that its children have them.
    blkioWeight: has('blkio', 'blkio.weight') || has('blkio', 'blkio.bfq.io_service_bytes'),
    blkioThrottle: has('blkio', 'blkio.throttle.read_bps_device'),
  };
}

function featuresV2({ unified }: Hierarchies): CgroupFeatures {
  const mount = unified ?? '';
  const controllers = readText(join(mount, 'cgroup.controllers')).trim().split(' ');
  const has = (name: string): boolean => controllers.includes(name);
  return {
    version: 2,
    controllers,
    memory: has('memory'),
    memoryReservation: has('memory'),
    // Without CONFIG_SWAP or with swapaccount=0 no group has the file, and only the root is sure to be there.
    swap: has('memory') && existsSync('/proc/swaps'),
    swappiness: false,
    oomKillDisable: false,
    cpuShares: has('cpu'),
    cpuQuota: has('cpu'),
    cpuRealtime: false,
    cpuset: has('cpuset'),
    cpus: readText(join(mount, 'cpuset.cpus.effective')).trim(),
    mems: readText(join(mount, 'cpuset.mems.effective')).trim(),
    pids: has('pids'),
    blkioWeight: has('io'),
    blkioThrottle: has('io'),
  };
}
