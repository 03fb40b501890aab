/** Starts processes that outlive the service, owns their stdio, writes their log and records their exit (conmon). */
export interface Monitor {
  /**
   * Runs the runtime's create for a bundle and returns once the container exists and waits to be started.
   * @throws SelkieError RUNTIME, COMMAND_NOT_FOUND, COMMAND_NOT_EXECUTABLE with the runtime's own words
   */
  create(request: MonitorRequest, signal: AbortSignal): Promise<MonitoredProcess>;
  /**
   * Runs a process inside a started container. Where `onAttachable` is given it is awaited once a client can attach and before the process runs,
   * so that no output is missed.
   * @throws SelkieError as create
   */
  exec(request: ExecMonitorRequest, signal: AbortSignal): Promise<MonitoredProcess>;
  /** Opens the stdio of a process by its monitor directory. @throws SelkieError CONTAINER_STATE when it has exited */
  attach(directory: string): Promise<ProcessStdio>;
  /** Sets the terminal's size, rows and columns. */
  resize(directory: string, size: TerminalSize): Promise<void>;
  /** Makes it open its log file anew after a rotation. */
  reopenLog(directory: string): Promise<void>;
  /** Exit code of a process that has ended, where it has been recorded. */
  exitCode(directory: string): number | undefined;
  /** Whether the monitor of `directory` runs, and so will record how its process ends. */
  isMonitored(directory: string): boolean;
  /** Calls `listener` once the process of `directory` has ended, at once if it already has. Dispose to stop watching. */
  onExit(directory: string, listener: (exitCode: number) => void): Disposable;
}

export interface TerminalSize {
  readonly height: number;
  readonly width: number;
}

export interface MonitorRequest {
  readonly id: string;
  readonly name: string;
  /** OCI bundle: config.json is there. */
  readonly bundle: string;
  /** Where the monitor keeps its sockets, pid files and the exit code; one directory a process. */
  readonly directory: string;
  /** k8s-file log; undefined: no log. */
  readonly logPath?: string;
  readonly logMaxSize?: number;
  readonly terminal: boolean;
  /** Keeps the process's stdin open for clients. */
  readonly stdin: boolean;
  /** Closes stdin when the first client that attached it leaves. */
  readonly stdinOnce: boolean;
  readonly runtime: { readonly path: string; readonly args: readonly string[] };
  readonly systemdCgroup: boolean;
}

export interface ExecMonitorRequest extends MonitorRequest {
  /** OCI process JSON on disk. */
  readonly processSpec: string;
  readonly onAttachable?: () => Promise<void>;
}

export interface MonitoredProcess {
  readonly pid: number;
  readonly monitorPid: number;
}

/** A process's stdio. Iterating yields its output as it comes; ends when it has exited or closed its output. */
export interface ProcessStdio extends AsyncIterable<OutputChunk>, Disposable {
  /** Writes to stdin; resolves when the monitor has taken it. */
  write(data: Uint8Array): Promise<void>;
  /** End of file on stdin; output goes on. */
  end(): void;
}

export interface OutputChunk {
  readonly stream: 'stdout' | 'stderr';
  readonly data: Buffer;
}
