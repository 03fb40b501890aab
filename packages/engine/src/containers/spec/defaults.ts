import type { ContainerDefinition } from '../definition.ts';

/** Where the two families of clients count on different defaults. */
export interface DialectDefaults {
  /** Capabilities of a container that asks for nothing. */
  readonly capabilities: readonly string[];
  /** Environment a container has beneath its own. */
  readonly env: readonly string[];
  /** Undefined: no limit. */
  readonly pidsLimit?: number;
  /** Whether capabilities added by name reach a process that is not root (through the ambient set). */
  readonly ambientAdded: boolean;
  /** Whether other containers may join the IPC namespace of one that says nothing. */
  readonly shareableIpc: boolean;
  /** Whether software inside finds /run/.containerenv. */
  readonly containerEnv: boolean;
}

const SHARED_CAPABILITIES = [
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_KILL',
  'CAP_NET_BIND_SERVICE',
  'CAP_SETFCAP',
  'CAP_SETGID',
  'CAP_SETPCAP',
  'CAP_SETUID',
  'CAP_SYS_CHROOT',
];

const DEFAULTS: Readonly<Record<ContainerDefinition['origin']['dialect'], DialectDefaults>> = {
  docker: {
    capabilities: [...SHARED_CAPABILITIES, 'CAP_AUDIT_WRITE', 'CAP_MKNOD', 'CAP_NET_RAW'],
    env: [],
    ambientAdded: false,
    shareableIpc: false,
    containerEnv: false,
  },
  libpod: {
    capabilities: SHARED_CAPABILITIES,
    // Software looks for this very value to learn that it runs in a container of this API's kind.
    env: ['container=podman'],
    pidsLimit: 2048,
    ambientAdded: true,
    shareableIpc: true,
    containerEnv: true,
  },
};

/** Capabilities of a container that asks for nothing, where it was made through one API or the other. */
export function defaultCapabilities(dialect: ContainerDefinition['origin']['dialect']): readonly string[] {
  return DEFAULTS[dialect].capabilities;
}

export function defaultsOf(definition: ContainerDefinition): DialectDefaults {
  return DEFAULTS[definition.origin.dialect];
}

/** Parts of /proc and /sys that tell about or reach the host. */
export const MASKED_PATHS: readonly string[] = [
  '/proc/acpi',
  '/proc/asound',
  '/proc/interrupts',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/sys/devices/virtual/powercap',
  '/sys/firmware',
  '/sys/fs/selinux',
];

export const READONLY_PATHS: readonly string[] = [
  '/proc/bus',
  '/proc/fs',
  '/proc/irq',
  '/proc/sys',
  '/proc/sysrq-trigger',
];

/** Lets any user of a container of its own network open low ports and ping, which needs no capability then. */
export const NETWORK_SYSCTLS: Readonly<Record<string, string>> = {
  'net.ipv4.ip_unprivileged_port_start': '0',
  'net.ipv4.ping_group_range': '0 2147483647',
};

export const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
export const DEFAULT_SHM_SIZE = 64 * 1024 * 1024;
