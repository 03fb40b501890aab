/** One line, or part of one, that a container wrote. */
export interface LogEntry {
  readonly stream: 'stdout' | 'stderr';
  /** RFC 3339 with nanoseconds, in the zone conmon wrote it. */
  readonly time: string;
  /** The line goes on in the next entry: there was no newline. */
  readonly partial: boolean;
  /** Without the newline. */
  readonly data: Buffer;
}

export interface LogOptions {
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly follow: boolean;
  /** Only what was written by the time of the call, not by that of the reading. */
  readonly writtenOnly?: boolean;
  /** Nanoseconds since the epoch. */
  readonly since?: bigint;
  readonly until?: bigint;
  /** Only this many lines from the end; undefined: all. */
  readonly tail?: number;
}
