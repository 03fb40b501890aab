import type { CgroupFeatures } from '../ports/cgroups.ts';
import type { ProgramFacts } from './programs.ts';
import type { StorageFacts } from './storage.ts';

export interface RuntimeFacts {
  readonly name: string;
  readonly path: string;
  readonly version: string;
  /** All it says about its version. */
  readonly description: string;
  readonly features: readonly string[];
}

/** One rule of registries.conf. */
export interface RegistryFacts {
  readonly prefix: string;
  readonly location?: string;
  readonly insecure: boolean;
  readonly blocked: boolean;
  readonly mirrors: readonly {
    readonly location: string;
    readonly insecure: boolean;
    readonly pulls: 'all' | 'digest-only' | 'tag-only';
  }[];
}

export interface RegistriesFacts {
  readonly searchRegistries: readonly string[];
  readonly registries: readonly RegistryFacts[];
}

/** Shares of a hundred since the host was started. */
export interface CpuUtilization {
  readonly user: number;
  readonly system: number;
  readonly idle: number;
}

/** What this engine and its host are, in no dialect's words. Sizes in bytes, times in seconds. */
export interface SystemInfo {
  /** Stable for a state root. */
  readonly id: string;
  readonly root: string;
  readonly runroot: string;
  readonly containers: {
    readonly total: number;
    readonly running: number;
    readonly paused: number;
    readonly stopped: number;
  };
  readonly images: number;
  readonly host: {
    readonly name: string;
    readonly kernel: string;
    /** The kernel's name: x86_64, aarch64. */
    readonly machine: string;
    /** The name images use: amd64, arm64. */
    readonly architecture: string;
    readonly os: string;
    readonly osId: string;
    readonly osVersion: string;
    readonly osCodename: string;
    readonly osVariant: string;
    readonly processors: number;
    readonly cpuUtilization: CpuUtilization;
    readonly memoryTotal: number;
    readonly memoryFree: number;
    readonly swapTotal: number;
    readonly swapFree: number;
    readonly uptime: number;
    readonly ipv4Forwarding: boolean;
    /** Whether bridged packets pass the host's filters, by family. */
    readonly bridgeFilters: { readonly ipv4: boolean; readonly ipv6: boolean };
    readonly seccomp: boolean;
    readonly apparmor: boolean;
    readonly selinux: boolean;
  };
  readonly cgroups: {
    readonly version: 1 | 2;
    readonly manager: 'cgroupfs' | 'systemd';
    readonly features: CgroupFeatures;
  };
  readonly storage: StorageFacts;
  /** What runs containers that name none. */
  readonly runtime: RuntimeFacts;
  readonly runtimes: readonly RuntimeFacts[];
  readonly programs: {
    readonly runtime: ProgramFacts;
    readonly monitor: ProgramFacts;
    /** Absent where names of containers are not served. */
    readonly dns?: ProgramFacts;
  };
  /** What `--init` puts in front of a container's process, where the host has one. */
  readonly init?: string;
  readonly registries: RegistriesFacts;
  /** Hosts that may be spoken to without verified TLS, beside those of registries.conf. */
  readonly insecureRegistries: readonly string[];
  /** Open files of the service. */
  readonly openFiles: number;
  readonly eventListeners: number;
  /** The service's own time, RFC 3339. */
  readonly time: string;
}
