import type { ExecCreateRequest } from '@selkie/contract/docker/types/exec';
import type { ExecDefinition } from '@selkie/engine/exec/record';
import { invalid } from './refuse.ts';

/** Both groups declare a process with the same body. */
export function execDefinition(body: ExecCreateRequest): ExecDefinition {
  const size = consoleSize(body.ConsoleSize);
  return {
    command: body.Cmd ?? [],
    env: body.Env ?? [],
    ...(body.User ? { user: body.User } : {}),
    ...(body.WorkingDir ? { workdir: body.WorkingDir } : {}),
    terminal: body.Tty ?? false,
    attachStdin: body.AttachStdin ?? false,
    attachStdout: body.AttachStdout ?? false,
    attachStderr: body.AttachStderr ?? false,
    privileged: body.Privileged ?? false,
    ...(body.DetachKeys === undefined ? {} : { detachKeys: body.DetachKeys }),
    ...(size ? { consoleSize: size } : {}),
  };
}

/** `[height, width]`; zeros mean none. */
export function consoleSize(size: readonly number[] | undefined): { height: number; width: number } | undefined {
  if (size === undefined || size.every((side) => side === 0)) return undefined;
  const [height, width] = size;
  if (height === undefined || width === undefined || size.length !== 2) invalid('ConsoleSize must be [height, width]');
  return { height, width };
}
