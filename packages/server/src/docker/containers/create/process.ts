import type { ContainerCreateRequest } from '@selkie/contract/docker/types/container-create';
import type { ProcessDefinition } from '@selkie/engine/containers/definition';
import { invalid } from '../../../translate/refuse.ts';

/** A command may come as words or as one string. */
export function words(value: string | readonly string[] | undefined): readonly string[] | undefined {
  return typeof value === 'string' ? [value] : value;
}

export function processDefinition(body: ContainerCreateRequest): ProcessDefinition {
  const { GroupAdd = [], ConsoleSize } = body.HostConfig ?? {};
  const [entrypoint, command] = [words(body.Entrypoint), words(body.Cmd)];
  const size = ConsoleSize?.some((side) => side > 0) ? ConsoleSize : undefined;
  if (size && size.length !== 2) invalid('HostConfig.ConsoleSize must be [height, width]');
  return {
    // An empty list is Docker's way to say "none": [""] clears the image's entrypoint, [] keeps it.
    ...(entrypoint?.length ? { entrypoint: entrypoint.length === 1 && entrypoint[0] === '' ? [] : entrypoint } : {}),
    ...(command?.length ? { command } : {}),
    env: body.Env ?? [],
    ...(body.WorkingDir ? { workdir: body.WorkingDir } : {}),
    ...(body.User ? { user: body.User } : {}),
    groups: GroupAdd,
    terminal: body.Tty ?? false,
    stdin: body.OpenStdin ?? false,
    stdinOnce: body.StdinOnce ?? false,
    attach: {
      stdin: body.AttachStdin ?? false,
      stdout: body.AttachStdout ?? false,
      stderr: body.AttachStderr ?? false,
    },
    ...(body.StopSignal ? { stopSignal: body.StopSignal } : {}),
    ...(body.StopTimeout === undefined ? {} : { stopTimeout: body.StopTimeout }),
    ...(size ? { consoleSize: { height: size[0] ?? 0, width: size[1] ?? 0 } } : {}),
  };
}
