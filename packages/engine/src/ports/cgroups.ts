/** Resource accounting of one container. Numbers are the kernel's; times nanoseconds, sizes bytes. */
export interface CgroupStats {
  readonly cpu: {
    readonly usage: number;
    readonly user: number;
    readonly system: number;
    readonly perCpu: readonly number[];
    readonly periods: number;
    readonly throttledPeriods: number;
    readonly throttledTime: number;
  };
  readonly memory: {
    readonly usage: number;
    readonly maxUsage: number;
    /** The host's memory where no limit is set. */
    readonly limit: number;
    readonly failures: number;
    /** memory.stat as it is. */
    readonly stats: Readonly<Record<string, number>>;
  };
  readonly pids: { readonly current: number; readonly limit: number };
  readonly io: readonly {
    readonly major: number;
    readonly minor: number;
    readonly op: string;
    readonly value: number;
  }[];
}

/** What the host's controllers can do. */
export interface CgroupFeatures {
  readonly version: 1 | 2;
  /** By the kernel's names. */
  readonly controllers: readonly string[];
  readonly memory: boolean;
  readonly memoryReservation: boolean;
  readonly swap: boolean;
  readonly swappiness: boolean;
  readonly oomKillDisable: boolean;
  readonly cpuShares: boolean;
  readonly cpuQuota: boolean;
  readonly cpuRealtime: boolean;
  readonly cpuset: boolean;
  /** Usable processors and memory nodes, `0-3,8`. */
  readonly cpus: string;
  readonly mems: string;
  readonly pids: boolean;
  readonly blkioWeight: boolean;
  readonly blkioThrottle: boolean;
}

/** The host's control groups, v1, hybrid or v2, through cgroupfs or systemd. */
export interface Cgroups {
  readonly version: 1 | 2;
  readonly manager: 'cgroupfs' | 'systemd';
  readonly features: CgroupFeatures;
  /** `linux.cgroupsPath` of a container's OCI spec. */
  pathFor(containerId: string, parent: string | undefined): string;
  stats(cgroupsPath: string): CgroupStats;
  /** Every process, host pids. */
  processes(cgroupsPath: string): number[];
  freeze(cgroupsPath: string): Promise<void>;
  thaw(cgroupsPath: string): Promise<void>;
  /** True where the kernel killed a process of the group for memory. */
  oomKilled(cgroupsPath: string): boolean;
  /** Kills what is left and removes the group's directories. */
  remove(cgroupsPath: string): Promise<void>;
}
