import { systemVersion } from '@selkie/contract/docker/system';
import type { SystemVersion } from '@selkie/contract/docker/types/system';
import { VERSIONS } from '@selkie/contract/versions';
import type { SystemInfo } from '@selkie/engine/system/system';
import { VERSION } from '@selkie/engine/version';
import { handler, json } from '../../http/handler.ts';

export const version = handler(systemVersion, async ({ engine }) => json(200, present(await engine.system.info())));

function present({ host, runtime, monitor }: SystemInfo): SystemVersion {
  const arch = host.architecture === 'x86_64' ? 'amd64' : host.architecture === 'aarch64' ? 'arm64' : host.architecture;
  const { min, max } = VERSIONS.docker;
  const engine = {
    ApiVersion: max,
    Arch: arch,
    Experimental: 'false',
    KernelVersion: host.kernel,
    MinAPIVersion: min,
    Os: 'linux',
  };
  return {
    Platform: { Name: 'Selkie' },
    Components: [
      { Name: 'Engine', Version: VERSION, Details: { ...engine, GitCommit: '', GoVersion: '', BuildTime: '' } },
      { Name: runtime.name, Version: runtime.version, Details: { GitCommit: '' } },
      { Name: 'conmon', Version: monitor.version, Details: { GitCommit: '' } },
    ],
    Version: VERSION,
    ApiVersion: max,
    MinAPIVersion: min,
    GitCommit: '',
    GoVersion: '',
    Os: 'linux',
    Arch: arch,
    KernelVersion: host.kernel,
    BuildTime: '',
  };
}
