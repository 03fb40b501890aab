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

/** The host's control groups, v1, hybrid or v2, through cgroupfs or systemd. */
export interface Cgroups {
  readonly version: 1 | 2;
  readonly manager: 'cgroupfs' | 'systemd';
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
