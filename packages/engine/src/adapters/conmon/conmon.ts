import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, mkdirSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { SelkieError } from '@selkie/contract';
import { connectSeqpacket } from '@selkie/native/seqpacket';
import type {
  ExecMonitorRequest,
  Monitor,
  MonitoredProcess,
  MonitorRequest,
  ProcessStdio,
  TerminalSize,
} from '../../ports/monitor.ts';
import { createArguments, execArguments, FILES } from './command.ts';
import { readExitCode, watchExit } from './exit-watch.ts';
import { runtimeFailure } from './failure.ts';
import { ConmonStdio } from './stdio.ts';
import { readReport } from './sync-pipe.ts';

/** Positions of the pipes among the child's descriptors. */
const SYNC = 3;
const START = 4;
const ATTACH = 5;

/** {@link Monitor} over conmon. */
export class Conmon implements Monitor {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async create(request: MonitorRequest, signal: AbortSignal): Promise<MonitoredProcess> {
    signal.throwIfAborted();
    const child = this.#spawn(request, createArguments(request), false);
    return this.#started(child, request);
  }

  async exec(request: ExecMonitorRequest, signal: AbortSignal): Promise<MonitoredProcess> {
    signal.throwIfAborted();
    const child = this.#spawn(request, execArguments(request), request.onAttachable !== undefined);
    if (request.onAttachable !== undefined) {
      const [start, attach] = [child.stdio.at(START), child.stdio.at(ATTACH)];
      if (!(start instanceof Writable) || !(attach instanceof Readable)) throw new Error('conmon has no pipes');
      start.on('error', () => {}); // conmon is gone: the sync pipe says so
      start.write('\0');
      if ((await readReport(attach)) !== undefined) await request.onAttachable();
      attach.destroy();
      start.end('\0');
    }
    return this.#started(child, request);
  }

  /** conmon forks itself away, so the child ends at once; what it reports comes over the sync pipe. */
  #spawn(request: MonitorRequest, args: string[], attach: boolean): ChildProcess {
    mkdirSync(join(request.directory, FILES.exitDirectory), { recursive: true });
    return spawn(this.#path, args, {
      cwd: request.directory,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', ...(attach ? (['pipe', 'pipe'] as const) : [])],
      detached: true,
      env: {
        PATH: process.env.PATH,
        XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR,
        _OCI_SYNCPIPE: String(SYNC),
        ...(attach ? { _OCI_STARTPIPE: String(START), _OCI_ATTACHPIPE: String(ATTACH) } : {}),
      },
    });
  }

  async #started(child: ChildProcess, request: MonitorRequest): Promise<MonitoredProcess> {
    const pipe = child.stdio.at(SYNC);
    if (!(pipe instanceof Readable)) throw new Error('conmon has no sync pipe');
    const failed = once(child, 'error').then(([cause]) => {
      throw new SelkieError('HOST', { reason: `cannot run conmon at ${this.#path}` }, { cause });
    });
    try {
      const report = await Promise.race([readReport(pipe), failed]);
      if (report === undefined || report.data <= 0) {
        throw runtimeFailure(join(request.directory, FILES.runtimeLog), report?.message ?? '');
      }
      return { pid: report.data, monitorPid: this.#monitorPid(request) };
    } finally {
      failed.catch(() => {});
      pipe.destroy();
    }
  }

  #monitorPid(request: MonitorRequest): number {
    return Number.parseInt(readFileSync(join(request.directory, FILES.monitorPid), 'utf8'), 10);
  }

  async attach(directory: string): Promise<ProcessStdio> {
    try {
      return new ConmonStdio(connectSeqpacket(join(directory, FILES.attach)));
    } catch (cause) {
      throw new SelkieError(
        'CONTAINER_STATE',
        { reason: 'the process is not running: nothing to attach to' },
        { cause },
      );
    }
  }

  resize(directory: string, size: TerminalSize): Promise<void> {
    return tell(join(directory, FILES.windowSize), `${size.height} ${size.width}\n`);
  }

  reopenLog(directory: string): Promise<void> {
    return tell(join(directory, FILES.control), '2 0 0\n');
  }

  exitCode(directory: string): number | undefined {
    return readExitCode(directory);
  }

  onExit(directory: string, listener: (exitCode: number) => void): Disposable {
    return watchExit(directory, listener);
  }
}

/** Writes to one of conmon's fifos; without a reader it has exited and nobody is to be told. */
async function tell(path: string, message: string): Promise<void> {
  try {
    await using fifo = await open(path, constants.O_WRONLY | constants.O_NONBLOCK);
    await fifo.write(message);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ENXIO' && code !== 'ENOENT' && code !== 'EPIPE') throw error;
  }
}
