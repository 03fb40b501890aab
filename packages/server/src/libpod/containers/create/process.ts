import type { SpecGenerator } from '@selkie/contract/libpod/types/spec-generator';
import type { ProcessDefinition } from '@selkie/engine/containers/definition';

const PROXY_VARIABLES = ['http_proxy', 'https_proxy', 'ftp_proxy', 'no_proxy'];

/** @param environment the service's own, for what a spec takes over from the host */
export function processDefinition(
  spec: SpecGenerator,
  environment: NodeJS.ProcessEnv = process.env,
): ProcessDefinition {
  const { stop_signal: stopSignal } = spec;
  return {
    ...(spec.entrypoint ? { entrypoint: spec.entrypoint } : {}),
    ...(spec.command?.length ? { command: spec.command } : {}),
    env: [
      ...inherited(spec, environment),
      ...Object.entries(spec.env ?? {}).map(([key, value]) => `${key}=${value}`),
      ...(spec.unsetenv ?? []),
    ],
    ...(spec.unsetenvall ? { inheritEnv: false } : {}),
    ...(spec.work_dir ? { workdir: spec.work_dir } : {}),
    ...(spec.user ? { user: spec.user } : {}),
    groups: spec.groups ?? [],
    terminal: spec.terminal ?? false,
    stdin: spec.stdin ?? false,
    stdinOnce: spec.stdin ?? false,
    attach: { stdin: spec.stdin ?? false, stdout: true, stderr: true },
    ...(stopSignal ? { stopSignal: String(stopSignal) } : {}),
    ...(spec.stop_timeout === undefined ? {} : { stopTimeout: spec.stop_timeout }),
    ...(spec.umask ? { umask: spec.umask } : {}),
  };
}

/** Settings of the service's environment that the spec asks to pass on; what it sets itself comes after and wins. */
function inherited(spec: SpecGenerator, environment: NodeJS.ProcessEnv): string[] {
  const entries = Object.entries(environment).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  const wanted = (key: string) =>
    spec.env_host || (spec.httpproxy !== false && PROXY_VARIABLES.includes(key.toLowerCase()));
  return entries.filter(([key]) => wanted(key)).map(([key, value]) => `${key}=${value}`);
}
