import { SelkieError } from '@selkie/contract';
import type { ContainerRecord } from '../record.ts';
import type { ResolvedUser } from '../user.ts';
import { apparmorProfile } from './apparmor.ts';
import { capabilitySets } from './capabilities.ts';
import { defaultsOf } from './defaults.ts';
import { buildEnvironment } from './environment.ts';
import type { HostFacts } from './host.ts';
import { baseEnvironment, capabilitiesOf, userOf, workdirOf } from './process.ts';
import { resolveRlimits } from './rlimits.ts';
import type { OciProcess } from './types.ts';

export interface ExecInput {
  readonly container: Pick<ContainerRecord, 'id' | 'definition'>;
  /** The environment of the container's own process, which the session's adds to. */
  readonly containerEnv: readonly string[];
  readonly args: readonly string[];
  readonly env: readonly string[];
  readonly workdir: string;
  readonly user: ResolvedUser;
  readonly terminal: boolean;
  readonly consoleSize?: { readonly height: number; readonly width: number };
  /** Everything the host can give instead of the container's capabilities. */
  readonly privileged: boolean;
  readonly host: HostFacts;
}

/**
 * The OCI process of an exec session: the container's limits, capabilities and environment, with what the session adds.
 * @throws SelkieError INVALID_PARAMETER
 */
export function buildExecProcess(input: ExecInput): OciProcess {
  const { container, host, terminal, user, consoleSize } = input;
  if (input.args.length === 0) throw new SelkieError('INVALID_PARAMETER', { reason: 'No exec command specified' });
  const { definition } = container;
  const security = { ...definition.security, privileged: definition.security.privileged || input.privileged };
  const as = { id: container.id, definition: { ...definition, security }, host };
  // What would be warned about was, when the container was made.
  const silently = (): void => {};
  return {
    terminal,
    ...(terminal && consoleSize && { consoleSize }),
    user: userOf(user, definition.process.umask),
    args: input.args,
    env: buildEnvironment([...input.containerEnv, ...input.env], baseEnvironment(as, terminal, user.home)),
    cwd: workdirOf(input.workdir),
    capabilities: capabilitySets(capabilitiesOf(as, silently), user.uid, security, defaultsOf(definition)),
    rlimits: resolveRlimits(definition.resources.ulimits, host, silently),
    noNewPrivileges: security.noNewPrivileges,
    ...apparmorProfile(security, host),
  };
}
