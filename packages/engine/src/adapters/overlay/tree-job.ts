import type { Change } from '../../archive/changes.ts';

/** What a tree worker is asked to do; plain data, it crosses a thread. */
export type TreeJob =
  | { readonly kind: 'tree'; readonly rootFd: number }
  | {
      readonly kind: 'layer' | 'changes';
      readonly upper: string;
      readonly lowers: readonly string[];
      readonly mountPoints: readonly string[];
    };

export interface TreeWork {
  readonly job: TreeJob;
  /** Blocks on their way that the reader has not taken yet, and whether to give up. */
  readonly shared: Int32Array<SharedArrayBuffer>;
}

export const PENDING = 0;
export const CANCELLED = 1;
/** Blocks that may be on their way: enough to keep both sides busy. */
export const MAX_PENDING = 4;

export type TreeMessage =
  | { readonly kind: 'block'; readonly block: Uint8Array }
  | { readonly kind: 'done'; readonly changes: readonly Change[] }
  | { readonly kind: 'failed'; readonly reason: string };
