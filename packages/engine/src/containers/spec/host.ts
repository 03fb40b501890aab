import { readFileSync, statSync } from 'node:fs';
import { arch, release } from 'node:os';
import { runsX32 } from '@selkie/native/abi';
import type { CgroupFeatures } from '../../ports/cgroups.ts';
import { capabilitiesOfMask } from './capabilities.ts';
import { type HostDevices, hostDevices } from './host-devices.ts';

/** What this host is and lets the service do. */
export interface HostFacts {
  /** Docker's name: amd64, arm64, … */
  readonly architecture: string;
  readonly kernel: string;
  /** The service's bounding set. */
  readonly capabilities: readonly string[];
  /** The highest value a limit can be set to; Infinity where nothing holds it. */
  maxRlimit(type: string): number;
  /** The service's own hard limit on open files: what a container gets that asks for nothing. */
  readonly openFiles: number;
  readonly minOomScoreAdj: number;
  readonly seccomp: boolean;
  /** Whether the kernel runs x32 programs. */
  readonly x32: boolean;
  readonly apparmor: boolean;
  readonly selinux: boolean;
  readonly cgroups: CgroupFeatures;
  readonly devices: HostDevices;
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', ia32: 'x86' };

/** /proc/self/limits' first column by rlimit; what Linux calls them, not what their programs do. */
const LIMIT_NAMES: Readonly<Record<string, string>> = {
  'Max cpu time': 'CPU',
  'Max file size': 'FSIZE',
  'Max data size': 'DATA',
  'Max stack size': 'STACK',
  'Max core file size': 'CORE',
  'Max resident set': 'RSS',
  'Max processes': 'NPROC',
  'Max open files': 'NOFILE',
  'Max locked memory': 'MEMLOCK',
  'Max address space': 'AS',
  'Max file locks': 'LOCKS',
  'Max pending signals': 'SIGPENDING',
  'Max msgqueue size': 'MSGQUEUE',
  'Max nice priority': 'NICE',
  'Max realtime priority': 'RTPRIO',
  'Max realtime timeout': 'RTTIME',
};

/** Reads the facts; none changes while the service runs. */
export function readHostFacts(cgroups: CgroupFeatures): HostFacts {
  const status = readFileSync('/proc/self/status', 'utf8');
  const capabilities = capabilitiesOfMask(/^CapBnd:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0');
  const mayRaise = /^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1];
  const resource = capabilitiesOfMask(mayRaise ?? '0').includes('CAP_SYS_RESOURCE');
  const limits = hardLimits(readFileSync('/proc/self/limits', 'utf8'));
  const nrOpen = Number(readFileSync('/proc/sys/fs/nr_open', 'utf8'));
  return {
    architecture: ARCHITECTURES[arch()] ?? arch(),
    kernel: release(),
    capabilities,
    maxRlimit(type) {
      // Even CAP_SYS_RESOURCE cannot go beyond the kernel's own ceiling on open files.
      if (resource) return type === 'RLIMIT_NOFILE' ? nrOpen : Number.POSITIVE_INFINITY;
      return limits.get(type) ?? Number.POSITIVE_INFINITY;
    },
    openFiles: Math.min(limits.get('RLIMIT_NOFILE') ?? nrOpen, nrOpen),
    minOomScoreAdj: resource ? -1000 : Number(readFileSync('/proc/self/oom_score_adj', 'utf8')),
    seccomp: /^Seccomp:/m.test(status),
    x32: runsX32(),
    apparmor: exists('/sys/kernel/security/apparmor'),
    selinux: exists('/sys/fs/selinux/enforce'),
    cgroups,
    devices: hostDevices,
  };
}

/** Hard limits by rlimit name. */
export function hardLimits(table: string): Map<string, number> {
  const limits = new Map<string, number>();
  for (const line of table.split('\n')) {
    const match = /^(Max [a-z ]+?)\s{2,}(\S+)\s+(\S+)/.exec(line);
    const name = LIMIT_NAMES[match?.[1] ?? ''];
    const hard = match?.[3];
    if (name !== undefined && hard !== undefined) {
      limits.set(`RLIMIT_${name}`, hard === 'unlimited' ? Number.POSITIVE_INFINITY : Number(hard));
    }
  }
  return limits;
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}
