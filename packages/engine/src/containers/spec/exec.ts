import { SelkieError } from '@selkie/contract';
import type { ExecDefinition } from '../../exec/record.ts';
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
  readonly container: Pick<ContainerRecord, 'id' | 'definition' | 'process'>;
  readonly exec: ExecDefinition;
  readonly user: ResolvedUser;
  readonly host: HostFacts;
  /** Of the terminal at start; else the one asked for when the session was declared. */
  readonly size?: { readonly height: number; readonly width: number };
}

/**
 * The OCI process of an exec session: the container's limits, capabilities and environment, with what the session adds.
 * @throws SelkieError INVALID_PARAMETER
 */
export function buildExecProcess({ container, exec, user, host, size }: ExecInput): OciProcess {
  if (exec.command.length === 0) throw new SelkieError('INVALID_PARAMETER', { reason: 'No exec command specified' });
  const { definition } = container;
  const security = { ...definition.security, privileged: definition.security.privileged || exec.privileged };
  const as = { id: container.id, definition: { ...definition, security }, host };
  // What would be warned about was, when the container was made.
  const silently = (): void => {};
  const consoleSize = size ?? exec.consoleSize;
  return {
    terminal: exec.terminal,
    ...(exec.terminal && consoleSize && { consoleSize }),
    user: userOf(user, definition.process.umask),
    args: exec.command,
    env: buildEnvironment([...container.process.env, ...exec.env], baseEnvironment(as, exec.terminal, user.home)),
    cwd: workdirOf(exec.workdir || container.process.workdir),
    capabilities: capabilitySets(capabilitiesOf(as, silently), user.uid, security, defaultsOf(definition)),
    rlimits: resolveRlimits(definition.resources.ulimits, host, silently),
    noNewPrivileges: security.noNewPrivileges,
    ...apparmorProfile(security, host),
  };
}
