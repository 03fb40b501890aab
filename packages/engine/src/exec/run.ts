import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContainerContext } from '../containers/context.ts';
import { processStart } from '../containers/process-identity.ts';
import type { ContainerRecord } from '../containers/record.ts';
import { bundleOf } from '../containers/sandbox.ts';
import { buildExecProcess } from '../containers/spec/exec.ts';
import { stringifySpec } from '../containers/spec/stringify.ts';
import { resolveUser } from '../containers/user.ts';
import type { ProcessStdio, TerminalSize } from '../ports/monitor.ts';
import type { ExecDefinition } from './record.ts';

export interface RunRequest {
  /** Runs, and is not paused. */
  readonly container: ContainerRecord;
  readonly definition: ExecDefinition;
  /** Where its monitor is; made here, and removed again where the process cannot be run. */
  readonly directory: string;
  readonly size?: TerminalSize;
  /** Connects to its stdio before it runs, so that nothing it writes is missed. */
  readonly attach: boolean;
}

export interface RunProcess {
  readonly pid: number;
  readonly pidStart: number;
  readonly stdio?: ProcessStdio;
}

/**
 * Runs a process in a container under a monitor of its own: what exec sessions and health checks share.
 * @throws SelkieError COMMAND_NOT_FOUND, COMMAND_NOT_EXECUTABLE, NO_SUCH_USER, RUNTIME, …
 */
export async function runProcess(ctx: ContainerContext, request: RunRequest, signal: AbortSignal): Promise<RunProcess> {
  const { container, definition, directory, attach } = request;
  let stdio: ProcessStdio | undefined;
  const onAttachable = async () => {
    stdio = await ctx.monitor.attach(directory);
  };
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const { path, args } = ctx.runtime(container.definition.runtime);
    const { pid } = await ctx.monitor.exec(
      {
        id: container.id,
        name: container.name,
        bundle: bundleOf(ctx, container.id),
        directory,
        terminal: definition.terminal,
        stdin: definition.attachStdin,
        stdinOnce: true,
        runtime: { path, args },
        systemdCgroup: ctx.cgroups.manager === 'systemd',
        processSpec: writeProcess(ctx, request),
        ...(attach ? { onAttachable } : {}),
      },
      signal,
    );
    return { pid, pidStart: processStart(pid), ...(stdio === undefined ? {} : { stdio }) };
  } catch (error) {
    stdio?.[Symbol.dispose]();
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}

function writeProcess(ctx: ContainerContext, { container, definition, directory, size }: RunRequest): string {
  const { user, env, workdir } = container.process;
  const process = buildExecProcess({
    container,
    containerEnv: env,
    args: definition.command,
    env: definition.env,
    workdir: definition.workdir || workdir,
    user: resolveUser(`/proc/${container.state.pid}/root`, definition.user ?? user, []),
    terminal: definition.terminal,
    ...(size ? { consoleSize: size } : {}),
    privileged: definition.privileged,
    host: ctx.host,
  });
  const path = join(directory, 'process.json');
  writeFileSync(path, stringifySpec(process), { mode: 0o600 });
  return path;
}
