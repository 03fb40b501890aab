import { closeSync, constants, openSync } from 'node:fs';
import type { Owner } from './attributes.ts';
import { ArchiveError } from './errors.ts';
import { Extractor } from './extractor.ts';
import { TarReader } from './tar-reader.ts';

export interface ExtractLimits {
  readonly maxEntries: number;
  /** Of the uncompressed archive, and of any one file with its holes. */
  readonly maxBytes: number;
  readonly maxPathLength: number;
  readonly maxDepth: number;
}

/** Far beyond any real image, near enough to stop a bomb. */
export const DEFAULT_LIMITS: ExtractLimits = {
  maxEntries: 5_000_000,
  maxBytes: 256 * 1024 ** 3,
  maxPathLength: 4096,
  maxDepth: 512,
};

export interface ExtractOptions {
  readonly limits: ExtractLimits;
  /** Turn `.wh.` names into overlayfs's marks, and keep its attributes from taking effect: for image layers. */
  readonly whiteouts: boolean;
  /** Whether a directory may give way to a file of the archive. */
  readonly replaceOtherKinds: boolean;
  /** Whether a member for the root itself sets the root's owner, mode and times. */
  readonly rootAttributes: boolean;
  /** Owner of everything made, instead of what the archive says. */
  readonly owner?: Owner;
}

export const LAYER_OPTIONS: ExtractOptions = {
  limits: DEFAULT_LIMITS,
  whiteouts: true,
  replaceOtherKinds: true,
  rootAttributes: true,
};

export const COPY_OPTIONS: ExtractOptions = {
  limits: DEFAULT_LIMITS,
  whiteouts: false,
  replaceOtherKinds: false,
  rootAttributes: false,
};

export interface Extracted {
  /** Bytes of file data. */
  readonly size: number;
  /** Paths (byte strings' components) of directories that had no member of their own; `[]` is the root. */
  readonly implicit: readonly (readonly string[])[];
}

/**
 * Extracts an uncompressed tar stream below a directory. Nothing is ever made, changed or read outside it, whatever the archive says
 * and whoever renames inside meanwhile. A failure leaves what was made so far. The stream is read to its end.
 * @param root a directory's descriptor or path
 * @throws ArchiveError where the archive is at fault; SystemCallError or Node's own where the host is
 */
export async function extractTar(
  stream: AsyncIterable<Buffer>,
  root: number | string,
  options: ExtractOptions,
  signal?: AbortSignal,
): Promise<Extracted> {
  const rootFd = typeof root === 'number' ? root : openSync(root, constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    using extractor = new Extractor(rootFd, options);
    const reader = new TarReader(extractor);
    let bytes = 0;
    for await (const chunk of stream) {
      signal?.throwIfAborted();
      bytes += chunk.length;
      if (bytes > options.limits.maxBytes) throw new ArchiveError('the archive is too large');
      reader.push(chunk);
    }
    reader.end();
    extractor.complete();
    return { size: extractor.size, implicit: extractor.implicit };
  } finally {
    if (typeof root === 'string') closeSync(rootFd);
  }
}
