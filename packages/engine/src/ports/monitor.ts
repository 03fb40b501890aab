import type { Duplex } from 'node:stream';

/** Starts a process that outlives the service, owns its stdio, writes its log and records its exit (conmon). */
export interface Monitor {
  /**
   * Runs the runtime's create for a bundle and returns once the container exists and waits to be started.
   * @throws SelkieError RUNTIME, COMMAND_NOT_FOUND, COMMAND_NOT_EXECUTABLE with the runtime's own words
   */
  create(request: MonitorRequest, signal: AbortSignal): Promise<MonitoredProcess>;
  /** Runs a process inside a started container; `ready` is called when a client can attach and before the process runs. */
  exec(request: ExecMonitorRequest, signal: AbortSignal): Promise<MonitoredProcess>;
  /** Opens a container's or exec's stdio. Rejects when there is none (it has exited). */
  attach(bundle: string): Promise<Duplex>;
  resize(bundle: string, size: { height: number; width: number }): Promise<void>;
  /** Makes it open its log file anew after a rotation. */
  reopenLog(bundle: string): Promise<void>;
  /** Exit code, where it has been recorded. */
  exitCode(exitDir: string, name: string): number | undefined;
}

export interface MonitorRequest {
  readonly id: string;
  readonly name: string;
  readonly bundle: string;
  readonly exitDir: string;
  readonly logPath?: string;
  readonly logMaxSize?: number;
  readonly terminal: boolean;
  readonly stdin: boolean;
  readonly stdinOnce: boolean;
  readonly runtime: { readonly path: string; readonly args: readonly string[] };
  readonly systemdCgroup: boolean;
}

export interface ExecMonitorRequest extends MonitorRequest {
  readonly containerId: string;
  /** OCI process JSON on disk. */
  readonly processSpec: string;
  readonly attach: boolean;
}

export interface MonitoredProcess {
  readonly pid: number;
  readonly monitorPid: number;
}
