import type { ExtractLimits } from '../../archive/extract.ts';

/** What a worker is asked to do; plain data, it crosses a thread. */
export type Job =
  | {
      readonly kind: 'unpack';
      readonly blobPath: string;
      /** An empty directory. */
      readonly target: string;
      /** Directories of the layers below, topmost first. */
      readonly lowers: readonly string[];
      readonly limits: ExtractLimits;
      /** Its first number turns non-zero when the work is to be given up. */
      readonly cancel: Int32Array<SharedArrayBuffer>;
    }
  | { readonly kind: 'remove'; readonly directory: string; readonly name: string };

export interface JobResult {
  /** Digest and bytes of the uncompressed archive, and bytes of file data; of `remove`, nothing. */
  readonly diffId: string;
  readonly tarSize: number;
  readonly size: number;
}

export type JobFailure = {
  /** Whose fault: the layer's, the host's, or the caller gave up. */
  readonly kind: 'layer' | 'host' | 'cancelled';
  readonly reason: string;
};

export type JobAnswer = { readonly result: JobResult } | { readonly failure: JobFailure };
