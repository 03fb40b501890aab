import type { MessagePort } from 'node:worker_threads';

/**
 * What a container sees as its files, as plain data that crosses a thread. The descriptors are taken over: a root and the trees that would
 * be mounted on it, parents before children; of a running container nothing, for there it is mounted.
 */
export interface ViewPlan {
  readonly root: number;
  /** Nothing in the root may change, once the mount points are there. */
  readonly readOnly: boolean;
  readonly mounts: readonly { readonly target: string; readonly tree: number }[];
}

interface Work {
  readonly view: ViewPlan;
  /** In the container. */
  readonly path: string;
}

export type ArchiveWork =
  | (Work & { readonly kind: 'stat'; readonly followLast: boolean })
  | (Work & { readonly kind: 'get'; readonly followLast: boolean; readonly rename?: Readonly<Record<string, string>> })
  | (Work & { readonly kind: 'put'; readonly options: PutOptions });

export interface PutOptions {
  /** Whether a directory may give way to something else and the other way round. */
  readonly replaceOtherKinds: boolean;
  readonly devices: boolean;
  readonly owner?: { readonly uid: number; readonly gid: number };
  readonly rename?: Readonly<Record<string, string>>;
}

/** What a path in a container leads to. */
export interface PathStat {
  /** Where it is with all links resolved; of a link itself, where the link leads. */
  readonly resolved: string;
  /** False for a link that leads nowhere. */
  readonly exists: boolean;
  readonly size: number;
  /** Type and permissions as the kernel has them. */
  readonly mode: number;
  /** Nanoseconds since the epoch. */
  readonly mtime: bigint;
}

export interface ArchiveFailure {
  /**
   * `missing`: no such path; `path`: one that cannot be resolved; `not-directory`: nothing to extract into; `read-only`: the root or a
   * volume; `archive`: the client's archive; `host`: anything else.
   */
  readonly kind: 'missing' | 'path' | 'not-directory' | 'read-only-root' | 'read-only-volume' | 'archive' | 'host';
  readonly reason: string;
}

/** What a worker says. `more`: it has taken a chunk. */
export type Answer =
  | { readonly stat: PathStat }
  | { readonly chunk: Uint8Array }
  | { readonly more: true }
  | { readonly done: true }
  | { readonly failure: ArchiveFailure };

/** What a worker is told. `more`: a chunk has been taken. */
export type Order =
  | { readonly chunk: Uint8Array }
  | { readonly more: true }
  | { readonly end: true }
  | { readonly cancel: true };

export interface Assignment {
  readonly work: ArchiveWork;
  readonly port: MessagePort;
}

/** Chunks under way between the threads at once, in either direction. */
export const WINDOW = 4;
