import { SelkieError } from '@selkie/contract';
import { hostnameOf } from '../files.ts';
import type { ResolvedUser } from '../user.ts';
import { apparmorProfile } from './apparmor.ts';
import { capabilitySets, resolveCapabilities } from './capabilities.ts';
import { defaultsOf } from './defaults.ts';
import { buildEnvironment } from './environment.ts';
import type { HostFacts } from './host.ts';
import type { SpecInput, Warn } from './input.ts';
import { resolveRlimits } from './rlimits.ts';
import type { OciProcess, OciUser } from './types.ts';

/** Where the init binary is bound. */
export const INIT_PATH = '/sbin/docker-init';

export function buildProcess(input: SpecInput, warn: Warn): OciProcess {
  const { definition, host } = input;
  const asked = definition.process;
  return {
    terminal: asked.terminal,
    ...(asked.terminal && asked.consoleSize && { consoleSize: asked.consoleSize }),
    user: userOf(input.user, asked.umask),
    args: argsOf(input),
    env: buildEnvironment(input.process.env, baseEnvironment(input, asked.terminal, input.user.home)),
    cwd: workdirOf(input.process.workdir),
    capabilities: capabilitySets(
      capabilitiesOf(input, warn),
      input.user.uid,
      definition.security,
      defaultsOf(definition),
    ),
    rlimits: resolveRlimits(definition.resources.ulimits, host, warn),
    noNewPrivileges: definition.security.noNewPrivileges,
    ...apparmorProfile(definition.security, host),
    oomScoreAdj: oomScoreAdj(definition.resources.oomScoreAdj, host, warn),
  };
}

/** The capabilities the container may have at most: its bounding set. */
export function capabilitiesOf(input: Pick<SpecInput, 'definition' | 'host'>, warn: Warn): string[] {
  const { definition, host } = input;
  return resolveCapabilities(definition.security, defaultsOf(definition).capabilities, host.capabilities, warn);
}

/** Variables beneath the process's own. */
export function baseEnvironment(
  input: Pick<SpecInput, 'id' | 'definition' | 'host'>,
  terminal: boolean,
  home: string,
): Record<string, string> {
  return {
    HOSTNAME: hostnameOf(input),
    ...(terminal && { TERM: 'xterm' }),
    ...Object.fromEntries(defaultsOf(input.definition).env.map((entry) => entry.split('=', 2))),
    HOME: home,
  };
}

export function userOf(user: ResolvedUser, umask: string | undefined): OciUser {
  return {
    uid: user.uid,
    gid: user.gid,
    umask: umaskOf(umask),
    additionalGids: user.additionalGids,
  };
}

export function workdirOf(path: string): string {
  if (path === '') return '/';
  if (!path.startsWith('/')) {
    throw new SelkieError('INVALID_PARAMETER', {
      reason: `the working directory '${path}' is invalid, it needs to be an absolute path`,
    });
  }
  return path;
}

function argsOf(input: SpecInput): readonly string[] {
  const { args } = input.process;
  if (args.length === 0) throw new SelkieError('INVALID_PARAMETER', { reason: 'no command specified' });
  return input.definition.init ? [INIT_PATH, '--', ...args] : args;
}

function umaskOf(text: string | undefined): number {
  if (text === undefined) return 0o022;
  if (!/^[0-7]{1,4}$/.test(text)) throw new SelkieError('INVALID_PARAMETER', { reason: `invalid umask: ${text}` });
  return Number.parseInt(text, 8);
}

/** Only CAP_SYS_RESOURCE may go below the score the service itself has. */
function oomScoreAdj(asked: number | undefined, host: HostFacts, warn: Warn): number {
  const wanted = asked ?? 0;
  if (!Number.isInteger(wanted) || wanted < -1000 || wanted > 1000) {
    throw new SelkieError('INVALID_PARAMETER', {
      reason: `invalid value ${wanted}, range for oom score adj is [-1000, 1000]`,
    });
  }
  if (wanted >= host.minOomScoreAdj) return wanted;
  if (asked !== undefined) warn(`OOM score adjustment is limited to ${host.minOomScoreAdj} by this host`);
  return host.minOomScoreAdj;
}
