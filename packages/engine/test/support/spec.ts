import type { ContainerDefinition } from '../../src/containers/definition.ts';
import type { ResolvedProcess } from '../../src/containers/record.ts';
import { CAPABILITIES } from '../../src/containers/spec/capabilities.ts';
import type { HostFacts } from '../../src/containers/spec/host.ts';
import type { HostDevice, HostDevices } from '../../src/containers/spec/host-devices.ts';
import type { SpecInput } from '../../src/containers/spec/input.ts';
import type { CgroupFeatures } from '../../src/ports/cgroups.ts';

type Parts = { readonly [K in keyof ContainerDefinition]?: Partial<ContainerDefinition[K]> };

/** A definition that asks for nothing, with members of its parts replaced. */
export function definition(parts: Parts = {}): ContainerDefinition {
  const kind = 'default' as const;
  const plain: ContainerDefinition = {
    image: 'test',
    process: {
      env: [],
      groups: [],
      terminal: false,
      stdin: false,
      stdinOnce: false,
      attach: { stdin: false, stdout: true, stderr: true },
    },
    labels: {},
    annotations: {},
    mounts: [],
    devices: [],
    security: {
      privileged: false,
      capAdd: [],
      capDrop: [],
      noNewPrivileges: false,
      label: [],
      readOnlyRootfs: false,
      sysctls: {},
      deviceCgroupRules: [],
    },
    namespaces: { pid: { kind }, ipc: { kind }, uts: { kind }, cgroup: { kind }, user: { kind } },
    resources: { ulimits: [] },
    network: { mode: { kind: 'none' }, endpoints: {}, ports: [], exposed: [], publishAll: false },
    hosts: {
      extraHosts: [],
      dns: [],
      dnsSearch: [],
      dnsOptions: [],
      manageHosts: true,
      manageResolv: true,
      manageHostname: true,
    },
    log: { driver: 'none', options: {} },
    restart: { policy: 'no', maximumRetries: 0 },
    autoRemove: false,
    init: false,
    origin: { dialect: 'docker' },
  };
  return {
    ...plain,
    ...Object.fromEntries(
      Object.entries(parts).map(([name, part]) => {
        const base: unknown = Reflect.get(plain, name);
        const merges = typeof base === 'object' && base !== null && !Array.isArray(base);
        return [name, merges ? { ...base, ...Object(part) } : part];
      }),
    ),
  };
}

export const features: CgroupFeatures = {
  version: 1,
  controllers: ['cpuset', 'cpu', 'memory', 'pids'],
  memory: true,
  memoryReservation: true,
  swap: true,
  swappiness: true,
  oomKillDisable: true,
  cpuShares: true,
  cpuQuota: true,
  cpuRealtime: true,
  cpuset: true,
  cpus: '0-3',
  mems: '0',
  pids: true,
  blkioWeight: true,
  blkioThrottle: true,
};

/** Device nodes of a made-up host. */
export function devices(...nodes: readonly HostDevice[]): HostDevices {
  return {
    find: (path) => nodes.filter((node) => node.path === path || node.path.startsWith(`${path}/`)),
    all: () => [...nodes],
  };
}

export function device(path: string, type: 'b' | 'c', major: number, minor: number): HostDevice {
  return { path, type, major, minor, fileMode: 0o660, uid: 0, gid: 6 };
}

export function host(more: Partial<HostFacts> = {}): HostFacts {
  return {
    architecture: 'amd64',
    kernel: '6.1.0',
    capabilities: CAPABILITIES,
    maxRlimit: () => 1_048_576,
    openFiles: 524_288,
    minOomScoreAdj: -1000,
    seccomp: true,
    x32: false,
    apparmor: false,
    selinux: false,
    cgroups: features,
    devices: devices(),
    ...more,
  };
}

export function resolved(more: Partial<ResolvedProcess> = {}): ResolvedProcess {
  return {
    args: ['/bin/true'],
    entrypoint: [],
    command: ['/bin/true'],
    env: [],
    workdir: '/',
    user: '',
    stopSignal: 15,
    labels: {},
    exposed: [],
    ...more,
  };
}

export const ID = 'ab12cd34ef56'.padEnd(64, '0');

export function input(parts: Parts = {}, more: Partial<SpecInput> = {}): SpecInput {
  return {
    id: ID,
    definition: definition(parts),
    process: resolved(),
    user: { uid: 0, gid: 0, additionalGids: [0], home: '/root', username: 'root' },
    volumes: [],
    rootfs: '/rootfs',
    cgroupsPath: `/selkie/${ID}`,
    namespacePaths: {},
    files: {},
    host: host(),
    ...more,
  };
}
