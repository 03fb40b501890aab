import type { Change } from '../archive/changes.ts';

/** A container's writable layer and what it stands on. */
export interface WrittenLayer {
  /** The upper directory. */
  readonly upper: string;
  /** Directories of the layers below, topmost first. */
  readonly lowers: readonly string[];
  /** Paths the engine mounts on, which the runtime makes where they are missing; without a leading slash. */
  readonly mountPoints: readonly string[];
}

/** Reads whole trees of files, off the main thread and safe against who renames in them meanwhile. */
export interface FileTrees {
  /** A tar of everything below a directory. @param rootFd the caller's to close, when the stream has ended */
  tar(rootFd: number, signal: AbortSignal): AsyncIterable<Buffer>;
  /** What was written, as the uncompressed tar of an image layer. */
  layerTar(layer: WrittenLayer, signal: AbortSignal): AsyncIterable<Buffer>;
  /** What was written, in order. */
  changes(layer: WrittenLayer, signal: AbortSignal): Promise<readonly Change[]>;
}
