import { constants, mkdirSync, readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SelkieError } from '@selkie/contract';
import { connectSeqpacket } from '@selkie/native/seqpacket';
import { reap, type Spawned, spawnDetached } from '@selkie/native/spawn';
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

/** conmon's pipes: what it reports, when it may go on, and when a client can attach. The first is descriptor 3. */
const PIPES = { _OCI_SYNCPIPE: '3', _OCI_STARTPIPE: '4', _OCI_ATTACHPIPE: '5' } as const;

/** How long a client may wait for its turn; conmon takes each in microseconds. */
const ATTACH_PATIENCE_MS = 5_000;

/** {@link Monitor} over conmon. */
export class Conmon implements Monitor {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  async create(request: MonitorRequest, signal: AbortSignal): Promise<MonitoredProcess> {
    signal.throwIfAborted();
    return this.#started(this.#spawn(request, createArguments(request), false), request);
  }

  async exec(request: ExecMonitorRequest, signal: AbortSignal): Promise<MonitoredProcess> {
    signal.throwIfAborted();
    const spawned = this.#spawn(request, execArguments(request), request.onAttachable !== undefined);
    const [, start, attach] = spawned.pipes;
    if (request.onAttachable === undefined || start === undefined || attach === undefined) {
      return this.#started(spawned, request);
    }
    start.on('error', () => {}); // conmon is gone: the sync pipe says so
    start.write('\0');
    let failure: unknown;
    try {
      if ((await readReport(attach)) !== undefined) await request.onAttachable();
    } catch (error) {
      failure = error;
    } finally {
      attach.destroy();
      start.end('\0');
    }
    // Also where nobody could attach: conmon goes on by now, and what it runs is to be known.
    const process = await this.#started(spawned, request);
    if (failure !== undefined) throw failure;
    return process;
  }

  /** conmon forks itself away, so what is spawned ends at once; what it reports comes over the sync pipe. */
  #spawn(request: MonitorRequest, args: string[], attach: boolean): Spawned {
    mkdirSync(join(request.directory, FILES.exitDirectory), { recursive: true });
    const { _OCI_SYNCPIPE } = PIPES;
    const { PATH, XDG_RUNTIME_DIR } = process.env;
    try {
      return spawnDetached({
        program: this.#path,
        args,
        env: { PATH, XDG_RUNTIME_DIR, ...(attach ? PIPES : { _OCI_SYNCPIPE }) },
        directory: request.directory,
        pipes: attach ? ['read', 'write', 'read'] : ['read'],
      });
    } catch (cause) {
      throw new SelkieError('HOST', { reason: `cannot run conmon at ${this.#path}` }, { cause });
    }
  }

  async #started({ pid, pipes }: Spawned, request: MonitorRequest): Promise<MonitoredProcess> {
    const [sync] = pipes;
    if (sync === undefined) throw new Error('conmon has no sync pipe');
    try {
      const report = await readReport(sync);
      if (report === undefined || report.data <= 0) {
        const log = join(request.directory, FILES.runtimeLog);
        throw runtimeFailure(request.runtime.path, log, report?.message ?? '');
      }
      return { pid: report.data, monitorPid: this.#monitorPid(request) };
    } finally {
      sync.destroy();
      void reap(pid);
    }
  }

  #monitorPid(request: MonitorRequest): number {
    return Number.parseInt(readFileSync(join(request.directory, FILES.monitorPid), 'utf8'), 10);
  }

  async attach(directory: string): Promise<ProcessStdio> {
    const deadline = performance.now() + ATTACH_PATIENCE_MS;
    for (;;) {
      try {
        return new ConmonStdio(connectSeqpacket(join(directory, FILES.attach)));
      } catch (cause) {
        // As many are waiting as its queue holds: it takes them one by one.
        if (!isCode(cause, 'EAGAIN')) throw notAttachable('the process is not running: nothing to attach to', cause);
        if (performance.now() > deadline)
          throw notAttachable('the monitor of the process takes no more clients', cause);
      }
      await sleep(1);
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

  isMonitored(directory: string): boolean {
    try {
      const pid = Number.parseInt(readFileSync(join(directory, FILES.monitorPid), 'utf8'), 10);
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(directory);
    } catch {
      return false;
    }
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
    if (!isCode(error, 'ENXIO', 'ENOENT', 'EPIPE')) throw error;
  }
}

function notAttachable(reason: string, cause: unknown): SelkieError {
  return new SelkieError('CONTAINER_STATE', { reason }, { cause });
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}
