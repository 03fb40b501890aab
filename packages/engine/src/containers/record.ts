import type { ContainerDefinition } from './definition.ts';

export type ContainerStatus =
  | 'created'
  | 'starting'
  /** Made ready by the runtime, with a process that waits to be let go. */
  | 'initialized'
  | 'running'
  | 'paused'
  | 'stopping'
  | 'exited'
  | 'removing'
  | 'dead';

/** A container as it is stored and listed. Replaced whole on each change, never mutated in place. */
export interface ContainerRecord {
  /** 64 hex digits. */
  readonly id: string;
  readonly name: string;
  /** ISO 8601 with nanoseconds as far as the clock has them. */
  readonly created: string;
  readonly definition: ContainerDefinition;
  /** Undefined for a rootfs container. `id` is the config digest, `sha256:…`. */
  readonly image?: {
    readonly id: string;
    /** As the client wrote it. */
    readonly name: string;
    /** `docker.io/library/busybox:latest`; undefined for an image without a name. */
    readonly fullName?: string;
    readonly digest: string;
    /** From the base up: keeps the root mountable after the image lost its names. */
    readonly chainIds: readonly string[];
  };
  /** What runs, merged from image and definition when it was created. */
  readonly process: ResolvedProcess;
  readonly state: ContainerState;
  readonly endpoints: readonly Endpoint[];
  /** Host ports bound while it runs, one entry a container port and address. */
  readonly publishedPorts: readonly PublishedPort[];
  readonly volumes: readonly AttachedVolume[];
  /** Warnings given at create, kept for inspect. */
  readonly warnings: readonly string[];
}

export interface AttachedVolume {
  readonly name: string;
  readonly path: string;
  readonly target: string;
  readonly anonymous: boolean;
  readonly readOnly: boolean;
  readonly options: readonly string[];
  /** Left empty at first use instead of filled from the image. */
  readonly noCopy: boolean;
  /** The part of it that is mounted; undefined: all of it. */
  readonly subpath?: string;
}

export interface ResolvedProcess {
  readonly args: readonly string[];
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly env: readonly string[];
  readonly workdir: string;
  readonly user: string;
  readonly stopSignal: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly exposed: readonly string[];
}

export interface ContainerState {
  readonly status: ContainerStatus;
  /** 0 while not running. */
  readonly pid: number;
  /** Clock ticks since boot of the process (field 22 of /proc/pid/stat): tells a reused pid. */
  readonly pidStart: number;
  readonly conmonPid: number;
  readonly exitCode: number;
  readonly error: string;
  readonly oomKilled: boolean;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly restartCount: number;
  /** Of one being removed: whether its anonymous volumes go too. */
  readonly removeVolumes?: boolean;
  /** Stopped on a client's order: unless-stopped and always leave it alone. */
  readonly stoppedByUser: boolean;
  /** Undefined where nothing is checked. */
  readonly health?: HealthState;
}

export interface HealthState {
  /** When the run it is about began: a run starts without the health of the last. */
  readonly startedAt: string;
  readonly status: 'starting' | 'healthy' | 'unhealthy';
  /** Checks failed in a row. */
  readonly failingStreak: number;
  /** The last ones, oldest first. */
  readonly log: readonly HealthResult[];
}

export interface HealthResult {
  readonly start: string;
  readonly end: string;
  readonly exitCode: number;
  readonly output: string;
}

/** One network the container is on. Address members are undefined while it does not run, unless asked for statically. */
export interface Endpoint {
  readonly networkId: string;
  readonly networkName: string;
  readonly interfaceName: string;
  readonly aliases: readonly string[];
  readonly mac?: string;
  readonly ipv4?: { readonly address: string; readonly prefix: number; readonly gateway?: string };
  readonly ipv6?: { readonly address: string; readonly prefix: number; readonly gateway?: string };
  readonly requested: { readonly ipv4?: string; readonly ipv6?: string; readonly mac?: string };
  readonly driverOptions: Readonly<Record<string, string>>;
  /** Which network carries the default route: the highest, then the first. Undefined: 0. */
  readonly gatewayPriority?: number;
}

export interface PublishedPort {
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  readonly containerPort: number;
  readonly hostPort: number;
  /** `0.0.0.0`, `::` or a literal address. */
  readonly hostIp: string;
}
