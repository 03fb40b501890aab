import { execInspect } from '@selkie/contract/libpod/exec';
import type { ExecInspect } from '@selkie/contract/libpod/types/exec';
import type { ExecRecord } from '@selkie/engine/exec/record';
import { handler, json } from '../../http/handler.ts';

export const inspect = handler(execInspect, ({ path, engine }) => json(200, present(engine.execs.inspect(path.id))));

function present({ id, containerId, definition, state, pid, exitCode = 0 }: ExecRecord): ExecInspect {
  const [entrypoint = '', ...rest] = definition.command;
  return {
    CanRemove: state !== 'running',
    ContainerID: containerId,
    DetachKeys: definition.detachKeys ?? '',
    ExitCode: exitCode,
    ID: id,
    OpenStderr: definition.attachStderr,
    OpenStdin: definition.attachStdin,
    OpenStdout: definition.attachStdout,
    Running: state === 'running',
    Pid: state === 'running' ? pid : 0,
    ProcessConfig: {
      arguments: rest,
      entrypoint,
      privileged: definition.privileged,
      tty: definition.terminal,
      user: definition.user ?? '',
    },
  };
}
