import { systemVersion } from '@selkie/contract/docker/system';
import type { SystemVersion } from '@selkie/contract/docker/types/system';
import { VERSIONS } from '@selkie/contract/versions';
import type { SystemInfo } from '@selkie/engine/system/system';
import { VERSION } from '@selkie/engine/version';
import { handler, json } from '../../http/handler.ts';

export const version = handler(systemVersion, async ({ engine }) => json(200, present(await engine.system.info())));

/** What is built by a commit of its own has none to name here: GitCommit, GoVersion and BuildTime are empty. */
function present({ host, runtime, programs }: SystemInfo): SystemVersion {
  const { min, max } = VERSIONS.docker;
  const ours = { GitCommit: '', GoVersion: '', Os: 'linux', Arch: host.architecture, KernelVersion: host.kernel };
  const details = { ApiVersion: max, MinAPIVersion: min, BuildTime: '', Experimental: 'false', ...ours };
  return {
    Platform: { Name: 'Selkie' },
    Components: [
      { Name: 'Engine', Version: VERSION, Details: details },
      { Name: runtime.name, Version: runtime.version, Details: { GitCommit: '' } },
      { Name: 'conmon', Version: programs.monitor.version, Details: { GitCommit: '' } },
    ],
    Version: VERSION,
    ApiVersion: max,
    MinAPIVersion: min,
    ...ours,
    BuildTime: '',
  };
}
