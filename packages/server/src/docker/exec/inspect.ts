import { execInspect } from '@selkie/contract/docker/exec';
import type { ExecInspect } from '@selkie/contract/docker/types/exec';
import type { ExecRecord } from '@selkie/engine/exec/record';
import { handler, json } from '../../http/handler.ts';

export const inspect = handler(execInspect, ({ path, engine }) => json(200, present(engine.execs.inspect(path.id))));

function present({ id, containerId, definition, state, pid, exitCode }: ExecRecord): ExecInspect {
  const [entrypoint = '', ...rest] = definition.command;
  return {
    ID: id,
    ContainerID: containerId,
    Running: state === 'running',
    ExitCode: exitCode ?? null,
    Pid: state === 'running' ? pid : 0,
    CanRemove: state === 'exited',
    DetachKeys: definition.detachKeys ?? '',
    OpenStdin: definition.attachStdin,
    OpenStdout: definition.attachStdout,
    OpenStderr: definition.attachStderr,
    ProcessConfig: {
      tty: definition.terminal,
      entrypoint,
      arguments: rest,
      privileged: definition.privileged,
      ...(definition.user ? { user: definition.user } : {}),
    },
  };
}
