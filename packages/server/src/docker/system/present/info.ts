import type { SystemInfo as Wire } from '@selkie/contract/docker/types/system-info';
import { compareVersions } from '@selkie/contract/versions';
import { DEFAULT_POOLS } from '@selkie/engine/networks/pools';
import type { SystemInfo } from '@selkie/engine/system/info';
import { VERSION } from '@selkie/engine/version';
import { presentRegistries } from './registries.ts';
import { hostWarnings } from './warnings.ts';

export function presentInfo(info: SystemInfo, version: string): Wire {
  const { host, containers, storage, cgroups, runtime, runtimes } = info;
  const { features } = cgroups;
  const since = (first: string) => compareVersions(version, first) >= 0;
  const commit = (ID: string) => (since('1.49') ? { ID } : { ID, Expected: ID });
  return {
    ID: info.id,
    Containers: containers.total,
    ContainersRunning: containers.running,
    ContainersPaused: containers.paused,
    ContainersStopped: containers.stopped,
    Images: info.images,
    Driver: 'overlay2',
    DriverStatus: [['Backing Filesystem', storage.filesystem]],
    DockerRootDir: info.root,
    Plugins: {
      Volume: ['local'],
      Network: ['bridge', 'host', 'null'],
      Authorization: null,
      Log: ['json-file', 'k8s-file', 'local'],
    },
    MemoryLimit: features.memory,
    SwapLimit: features.swap,
    CpuCfsPeriod: features.cpuQuota,
    CpuCfsQuota: features.cpuQuota,
    CPUShares: features.cpuShares,
    CPUSet: features.cpuset,
    PidsLimit: features.pids,
    OomKillDisable: features.oomKillDisable,
    IPv4Forwarding: host.ipv4Forwarding,
    ...(since('1.50')
      ? { DiscoveredDevices: [] }
      : { BridgeNfIptables: host.bridgeFilters.ipv4, BridgeNfIp6tables: host.bridgeFilters.ipv6 }),
    Debug: false,
    NFd: info.openFiles,
    NGoroutines: 0,
    SystemTime: info.time,
    LoggingDriver: 'json-file',
    CgroupDriver: cgroups.manager,
    CgroupVersion: cgroups.version === 1 ? '1' : '2',
    NEventsListener: info.eventListeners,
    KernelVersion: host.kernel,
    OperatingSystem: host.os,
    OSVersion: host.osVersion,
    OSType: 'linux',
    Architecture: host.machine,
    NCPU: host.processors,
    MemTotal: host.memoryTotal,
    IndexServerAddress: 'https://index.docker.io/v1/',
    RegistryConfig: presentRegistries(info, version),
    GenericResources: null,
    HttpProxy: '',
    HttpsProxy: '',
    NoProxy: '',
    Name: host.name,
    Labels: [],
    ExperimentalBuild: false,
    ServerVersion: VERSION,
    Runtimes: Object.fromEntries(runtimes.map(({ name, path }) => [name, { path }])),
    DefaultRuntime: runtime.name,
    Swarm: {
      NodeID: '',
      NodeAddr: '',
      LocalNodeState: 'inactive',
      ControlAvailable: false,
      Error: '',
      RemoteManagers: null,
    },
    // Containers are their monitors' and go on without the service.
    LiveRestoreEnabled: true,
    Isolation: '',
    InitBinary: info.init ?? '',
    ContainerdCommit: commit(''),
    RuncCommit: commit(runtime.version),
    InitCommit: commit(''),
    SecurityOptions: securityOptions(info),
    DefaultAddressPools: DEFAULT_POOLS.user.map(({ base, size }) => ({ Base: base, Size: size })),
    ...(since('1.44') ? { CDISpecDirs: [] } : {}),
    ...(since('1.49') ? { FirewallBackend: { Driver: 'nftables' } } : {}),
    Warnings: hostWarnings(info),
  };
}

function securityOptions({ host, cgroups }: SystemInfo): string[] {
  return [
    ...(host.apparmor ? ['name=apparmor'] : []),
    ...(host.seccomp ? ['name=seccomp,profile=builtin'] : []),
    ...(host.selinux ? ['name=selinux'] : []),
    ...(cgroups.version === 2 ? ['name=cgroupns'] : []),
  ];
}
