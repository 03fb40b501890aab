import { join } from 'node:path';
import type { ExecMonitorRequest, MonitorRequest } from '../../ports/monitor.ts';

/** Names of the files conmon and we keep in a process's monitor directory. */
export const FILES = {
  attach: 'attach',
  control: 'ctl',
  windowSize: 'winsz',
  pid: 'pidfile',
  monitorPid: 'conmon.pid',
  exitDirectory: 'exit',
  runtimeLog: 'runtime.log',
} as const;

/** conmon's arguments for running `create` on a bundle. */
export function createArguments(request: MonitorRequest): string[] {
  const dir = request.directory;
  const args = [
    ...['--api-version', '1', '-c', request.id, '-u', request.id, '-n', request.name],
    ...[
      '-r',
      request.runtime.path,
      '-b',
      request.bundle,
      '-p',
      join(dir, FILES.pid),
      '-P',
      join(dir, FILES.monitorPid),
    ],
    ...['--exit-dir', join(dir, FILES.exitDirectory), '--full-attach', '--log-level', 'error'],
    ...['-l', request.logPath === undefined ? 'none' : `k8s-file:${request.logPath}`],
  ];
  if (request.logMaxSize !== undefined) args.push('--log-size-max', String(request.logMaxSize));
  if (request.systemdCgroup) args.push('-s');
  // A terminal takes input anyway; told of stdin, conmon would take that away from everybody once the first client leaves.
  if (request.terminal) args.push('-t');
  else if (request.stdin) args.push('-i', ...(request.stdinOnce ? [] : ['--leave-stdin-open']));
  for (const arg of request.runtime.args) args.push('--runtime-arg', arg);
  args.push('--runtime-arg', '--log-format=json', '--runtime-arg', `--log=${join(dir, FILES.runtimeLog)}`);
  return args;
}

/** conmon's arguments for running `exec`; it attaches at `<bundle>/attach`, so the bundle is the monitor directory. */
export function execArguments(request: ExecMonitorRequest): string[] {
  const args = createArguments({ ...request, bundle: request.directory });
  args.push('-e', '--exec-process-spec', request.processSpec);
  if (request.onAttachable !== undefined) args.push('--exec-attach');
  return args;
}
