import type { Platform } from '../images/platform.ts';

/**
 * What a client asks a container to be, in the engine's own words. Both dialects translate their create body into this one object;
 * it is stored whole, so inspect can answer what was asked. A member left undefined means "the image's or the engine's default".
 * Units: bytes, seconds (fractions allowed) and nanoCPUs as named.
 */
export interface ContainerDefinition {
  readonly name?: string;
  /** The reference or ID as the client wrote it. Exactly one of image and rootfs is set. */
  readonly image?: string;
  /** What the image must be for; undefined: whatever it is. */
  readonly platform?: Platform;
  /** An absolute directory on the host used as root filesystem as it is. */
  readonly rootfs?: string;
  readonly process: ProcessDefinition;
  readonly hostname?: string;
  readonly domainname?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly mounts: readonly MountDefinition[];
  /** Containers whose binds and volumes it gets too, where it mounts nothing of its own. */
  readonly volumesFrom?: readonly VolumesFrom[];
  readonly devices: readonly DeviceDefinition[];
  readonly security: SecurityDefinition;
  readonly namespaces: NamespacesDefinition;
  readonly resources: ResourcesDefinition;
  readonly network: NetworkAttachments;
  readonly hosts: HostsDefinition;
  readonly log: LogDefinition;
  readonly restart: RestartDefinition;
  readonly health?: HealthDefinition;
  /** Removed by the engine once it has exited (docker run --rm). */
  readonly autoRemove: boolean;
  /** Runs an init as PID 1. */
  readonly init: boolean;
  /** `--shm-size`, bytes. */
  readonly shmSize?: number;
  /** OCI runtime asked for by name; undefined: the probed one. */
  readonly runtime?: string;
  /** Which dialect made it and its untranslated body, so that inspect can echo fields the engine has no word for. */
  readonly origin: { readonly dialect: 'docker' | 'libpod'; readonly command?: readonly string[] };
}

export interface ProcessDefinition {
  /** undefined: the image's; an empty array clears it. */
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  /** `KEY=value`, added to and overriding the image's; a bare `KEY` removes it. */
  readonly env: readonly string[];
  /** False: start from an empty environment instead of the image's. Default true. */
  readonly inheritEnv?: boolean;
  readonly workdir?: string;
  /** `user[:group]`, names or numbers, looked up inside the image. */
  readonly user?: string;
  readonly groups: readonly string[];
  readonly terminal: boolean;
  /** Keeps stdin open for attach. */
  readonly stdin: boolean;
  /** Closes stdin after the first attached client leaves. */
  readonly stdinOnce: boolean;
  readonly attach: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean };
  /** Name with or without SIG, or a number. */
  readonly stopSignal?: string;
  /** Seconds. */
  readonly stopTimeout?: number;
  readonly umask?: string;
  readonly consoleSize?: { readonly height: number; readonly width: number };
  /** Detach key sequence of attach, `ctrl-p,ctrl-q` where undefined. */
  readonly detachKeys?: string;
}

export interface VolumesFrom {
  readonly container: string;
  readonly readOnly: boolean;
}

export type MountDefinition =
  | {
      readonly type: 'bind';
      readonly source: string;
      readonly target: string;
      readonly readOnly: boolean;
      /** Mount options beyond ro/rw: propagation, `rbind`, `nosuid`, … */
      readonly options: readonly string[];
      /** Makes a missing source directory (docker -v does, --mount does not). */
      readonly createSource: boolean;
    }
  | {
      readonly type: 'tmpfs';
      readonly target: string;
      readonly readOnly: boolean;
      readonly options: readonly string[];
    }
  | {
      readonly type: 'volume';
      /** Empty: an anonymous volume. */
      readonly name: string;
      readonly target: string;
      readonly readOnly: boolean;
      readonly options: readonly string[];
      readonly noCopy: boolean;
      readonly subpath?: string;
      readonly driver?: string;
      readonly driverOptions?: Readonly<Record<string, string>>;
      readonly labels?: Readonly<Record<string, string>>;
    };

export interface DeviceDefinition {
  readonly hostPath: string;
  readonly containerPath: string;
  /** Subset of `rwm`. */
  readonly permissions: string;
}

export interface SecurityDefinition {
  readonly privileged: boolean;
  /** Names with or without CAP_, or `ALL`. */
  readonly capAdd: readonly string[];
  readonly capDrop: readonly string[];
  readonly noNewPrivileges: boolean;
  /** undefined: the default profile; `unconfined`; or a profile's JSON text. */
  readonly seccomp?: string;
  readonly apparmor?: string;
  /** SELinux label options, e.g. `disable`. */
  readonly label: readonly string[];
  readonly readOnlyRootfs: boolean;
  /** /dev and /dev/shm as well; default false. */
  readonly readOnlyDev?: boolean;
  /** undefined: the defaults. */
  readonly maskedPaths?: readonly string[];
  readonly readonlyPaths?: readonly string[];
  readonly sysctls: Readonly<Record<string, string>>;
  /** `/dev/fuse`-like cgroup rules, e.g. `c 10:229 rwm`. */
  readonly deviceCgroupRules: readonly string[];
}

/** `private`, `host`, `shareable` (ipc), `none`, another container's, or a namespace file's. */
export type NamespaceMode =
  | { readonly kind: 'private' | 'host' | 'shareable' | 'none' | 'default' }
  | { readonly kind: 'container'; readonly container: string }
  | { readonly kind: 'path'; readonly path: string };

export interface NamespacesDefinition {
  readonly pid: NamespaceMode;
  readonly ipc: NamespaceMode;
  readonly uts: NamespaceMode;
  readonly cgroup: NamespaceMode;
  readonly user: NamespaceMode;
}

export interface ResourcesDefinition {
  readonly memory?: number;
  readonly memoryReservation?: number;
  /** Memory plus swap, bytes; -1 unlimited. */
  readonly memorySwap?: number;
  readonly memorySwappiness?: number;
  readonly oomKillDisable?: boolean;
  readonly oomScoreAdj?: number;
  readonly cpuShares?: number;
  /** Microseconds. */
  readonly cpuPeriod?: number;
  readonly cpuQuota?: number;
  readonly cpuRealtimePeriod?: number;
  readonly cpuRealtimeRuntime?: number;
  readonly nanoCpus?: number;
  readonly cpusetCpus?: string;
  readonly cpusetMems?: string;
  readonly pidsLimit?: number;
  readonly blkioWeight?: number;
  readonly blkioWeightDevice?: readonly { readonly path: string; readonly weight: number }[];
  readonly throttle?: {
    readonly readBps?: readonly DeviceRate[];
    readonly writeBps?: readonly DeviceRate[];
    readonly readIops?: readonly DeviceRate[];
    readonly writeIops?: readonly DeviceRate[];
  };
  readonly ulimits: readonly { readonly name: string; readonly soft: number; readonly hard: number }[];
  readonly cgroupParent?: string;
  /** cgroup v2 files written as they are. */
  readonly unified?: Readonly<Record<string, string>>;
}

export interface DeviceRate {
  readonly path: string;
  readonly rate: number;
}

export interface NetworkAttachments {
  readonly mode: NetworkMode;
  /** Endpoints by network name or ID, in the order asked; empty with mode bridge: the default network. */
  readonly endpoints: Readonly<Record<string, EndpointRequest>>;
  readonly ports: readonly PortMapping[];
  /** `80/tcp`: documented, not published. */
  readonly exposed: readonly string[];
  /** Publishes every exposed port on a free host port. */
  readonly publishAll: boolean;
}

export type NetworkMode =
  | { readonly kind: 'bridge' | 'host' | 'none' | 'private' }
  | { readonly kind: 'container'; readonly container: string }
  | { readonly kind: 'path'; readonly path: string };

export interface EndpointRequest {
  readonly aliases: readonly string[];
  readonly ipv4?: string;
  readonly ipv6?: string;
  readonly mac?: string;
  readonly interfaceName?: string;
  readonly driverOptions?: Readonly<Record<string, string>>;
  readonly gatewayPriority?: number;
}

export interface PortMapping {
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  readonly containerPort: number;
  /** Undefined: the engine picks a free one at start. */
  readonly hostPort?: number;
  /** Undefined: every address, both families. */
  readonly hostIp?: string;
  /** Number of consecutive ports; 1 where it is no range. */
  readonly range: number;
}

export interface HostsDefinition {
  /** `name:address`; `host-gateway` as address is the host as the container sees it. */
  readonly extraHosts: readonly string[];
  readonly dns: readonly string[];
  readonly dnsSearch: readonly string[];
  readonly dnsOptions: readonly string[];
  /** False: leave the image's own /etc/hosts or /etc/resolv.conf alone. */
  readonly manageHosts: boolean;
  readonly manageResolv: boolean;
  readonly manageHostname: boolean;
}

export interface LogDefinition {
  readonly driver: 'k8s-file' | 'json-file' | 'journald' | 'none' | 'passthrough';
  readonly options: Readonly<Record<string, string>>;
  /** Bytes before rotation; undefined: unlimited. */
  readonly maxSize?: number;
  readonly path?: string;
}

export interface RestartDefinition {
  readonly policy: 'no' | 'always' | 'on-failure' | 'unless-stopped';
  readonly maximumRetries: number;
}

export interface HealthDefinition {
  readonly test: readonly string[];
  readonly interval?: number;
  readonly timeout?: number;
  readonly startPeriod?: number;
  readonly startInterval?: number;
  readonly retries?: number;
}
