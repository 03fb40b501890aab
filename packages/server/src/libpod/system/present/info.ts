import type { HostInfo, StoreInfo, SystemInfo as Wire } from '@selkie/contract/libpod/types/system-info';
import { VERSIONS } from '@selkie/contract/versions';
import { defaultCapabilities } from '@selkie/engine/containers/spec/defaults';
import type { RegistryFacts, SystemInfo } from '@selkie/engine/system/info';
import { VERSION } from '@selkie/engine/version';
import type { Connection } from '../../../http/connection.ts';

/** Containers take no lock of a fixed number, so these never run out. */
const NO_LIMIT = 2 ** 32 - 1;

export function presentInfo(info: SystemInfo, connection: Connection): Wire {
  const { host, registries } = info;
  return {
    host: presentHost(info, connection),
    store: presentStore(info),
    registries: {
      ...Object.fromEntries(registries.registries.map((rule) => [rule.prefix, presentRegistry(rule)])),
      ...(registries.searchRegistries.length > 0 && { search: registries.searchRegistries }),
    },
    plugins: {
      volume: ['local'],
      network: ['bridge'],
      log: ['k8s-file', 'json-file', 'none'],
      authorization: null,
    },
    version: {
      APIVersion: VERSIONS.libpod.max,
      Version: VERSION,
      GoVersion: '',
      GitCommit: '',
      BuiltTime: '',
      Built: 0,
      OsArch: `linux/${host.architecture}`,
      Os: 'linux',
    },
  };
}

function presentHost({ host, cgroups, runtime, programs }: SystemInfo, { listener }: Connection): HostInfo {
  const { user, system, idle } = host.cpuUtilization;
  const { monitor, dns } = programs;
  return {
    arch: host.architecture,
    buildahVersion: VERSION,
    cgroupManager: cgroups.manager,
    cgroupVersion: `v${cgroups.version}`,
    cgroupControllers: [...cgroups.features.controllers],
    conmon: { package: monitor.package, path: monitor.path, version: monitor.description },
    cpus: host.processors,
    cpuUtilization: { userPercent: user, systemPercent: system, idlePercent: idle },
    databaseBackend: 'sqlite',
    distribution: {
      distribution: host.osId,
      version: host.osVersion,
      codename: host.osCodename,
      ...(host.osVariant && { variant: host.osVariant }),
    },
    eventLogger: 'sqlite',
    freeLocks: NO_LIMIT,
    hostname: host.name,
    idMappings: { gidmap: null, uidmap: null },
    kernel: host.kernel,
    logDriver: 'k8s-file',
    memFree: host.memoryFree,
    memTotal: host.memoryTotal,
    networkBackend: 'selkie',
    networkBackendInfo: {
      backend: 'selkie',
      version: VERSION,
      package: '',
      path: '',
      dns: { version: dns?.description ?? '', package: dns?.package ?? '', path: dns?.path ?? '' },
    },
    ociRuntime: {
      name: runtime.name,
      package: programs.runtime.package,
      path: runtime.path,
      version: runtime.description,
    },
    os: 'linux',
    remoteSocket: { path: listener, exists: true },
    rootlessNetworkCmd: '',
    security: {
      apparmorEnabled: host.apparmor,
      capabilities: defaultCapabilities('libpod').join(','),
      rootless: false,
      seccompEnabled: host.seccomp,
      seccompProfilePath: host.seccomp ? 'builtin' : '',
      selinuxEnabled: host.selinux,
    },
    serviceIsRemote: false,
    swapFree: host.swapFree,
    swapTotal: host.swapTotal,
    uptime: uptimeText(host.uptime),
    variant: '',
    linkmode: 'dynamic',
  };
}

function presentStore({ root, runroot, containers, images, storage }: SystemInfo): StoreInfo {
  const { total, running, paused, stopped } = containers;
  return {
    configFile: '',
    containerStore: { number: total, paused, running, stopped },
    graphDriverName: storage.driver,
    graphOptions: {},
    graphRoot: root,
    graphRootAllocated: storage.total,
    graphRootUsed: storage.used,
    graphStatus: { 'Backing Filesystem': storage.filesystem },
    imageCopyTmpDir: `${root}/content/ingest`,
    imageStore: { number: images },
    runRoot: runroot,
    volumePath: `${root}/volumes`,
    transientStore: false,
  };
}

function presentRegistry({ prefix, location, insecure, blocked, mirrors }: RegistryFacts): object {
  return {
    Prefix: prefix,
    Location: location ?? prefix,
    Insecure: insecure,
    PullFromMirror: '',
    Mirrors:
      mirrors.length === 0
        ? null
        : mirrors.map((mirror) => ({
            Location: mirror.location,
            Insecure: mirror.insecure,
            PullFromMirror: mirror.pulls === 'all' ? '' : mirror.pulls,
          })),
    Blocked: blocked,
    MirrorByDigestOnly: mirrors.length > 0 && mirrors.every(({ pulls }) => pulls === 'digest-only'),
  };
}

/** As podman writes it: `49h 3m 7.00s (Approximately 2.04 days)`. */
export function uptimeText(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const text = `${hours}h ${minutes}m ${(seconds % 60).toFixed(2)}s`;
  return hours < 24 ? text : `${text} (Approximately ${(seconds / 86_400).toFixed(2)} days)`;
}
