import { systemVersion } from '@selkie/contract/libpod/system';
import type { SystemVersion } from '@selkie/contract/libpod/types/system';
import { VERSIONS } from '@selkie/contract/versions';
import type { SystemInfo } from '@selkie/engine/system/system';
import { VERSION } from '@selkie/engine/version';
import { handler, json } from '../../http/handler.ts';

export const version = handler(systemVersion, async ({ engine }) => json(200, present(await engine.system.info())));

/** The top level speaks of the Docker group, the engine's component of this one: podman's clients read the latter. */
function present({ host, runtime, programs }: SystemInfo): SystemVersion {
  const { docker, libpod } = VERSIONS;
  const { architecture: Arch, kernel: KernelVersion } = host;
  return {
    Platform: { Name: `linux/${Arch}/${host.osId}-${host.osVersion}` },
    Components: [
      {
        Name: 'Podman Engine',
        Version: VERSION,
        Details: {
          APIVersion: libpod.max,
          Arch,
          BuildTime: '',
          Experimental: 'false',
          GitCommit: '',
          GoVersion: '',
          KernelVersion,
          MinAPIVersion: libpod.min,
          Os: 'linux',
        },
      },
      {
        Name: 'Conmon',
        Version: programs.monitor.description,
        Details: { Package: programs.monitor.package },
      },
      {
        Name: `OCI Runtime (${runtime.name})`,
        Version: runtime.description,
        Details: { Package: programs.runtime.package },
      },
    ],
    Version: VERSION,
    ApiVersion: docker.max,
    MinAPIVersion: docker.min,
    GitCommit: '',
    GoVersion: '',
    Os: 'linux',
    Arch,
    KernelVersion,
    BuildTime: '',
  };
}
