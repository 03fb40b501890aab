export interface ExecDefinition {
  readonly command: readonly string[];
  /** `KEY=value` on top of the container's environment. */
  readonly env: readonly string[];
  readonly user?: string;
  readonly workdir?: string;
  readonly terminal: boolean;
  readonly attachStdin: boolean;
  readonly attachStdout: boolean;
  readonly attachStderr: boolean;
  readonly privileged: boolean;
  readonly detachKeys?: string;
  readonly consoleSize?: { readonly height: number; readonly width: number };
}

/** A process run, or to be run, inside a container. */
export interface ExecRecord {
  readonly id: string;
  readonly containerId: string;
  readonly definition: ExecDefinition;
  readonly state: 'created' | 'running' | 'exited';
  readonly pid: number;
  readonly pidStart: number;
  /** Undefined until it has exited. */
  readonly exitCode?: number;
}
