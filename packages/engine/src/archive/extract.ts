import { closeSync, constants, openSync } from 'node:fs';
import type { Owner } from './attributes.ts';
import { ArchiveError } from './errors.ts';
import { Extractor } from './extractor.ts';
import { TarReader } from './tar-reader.ts';
import { plainTree, type Tree } from './tree.ts';

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
  /** Whether what is a directory may give way to something else, and the other way round. */
  readonly replaceOtherKinds: boolean;
  /** Whether a member for the root itself sets the root's owner, mode and times. */
  readonly rootAttributes: boolean;
  /** Whether devices are made; an archive that has one is refused otherwise. */
  readonly devices: boolean;
  /** Names (byte strings) to use in the place of others: of a member, or of a directory and so of all below it. */
  readonly rename?: Readonly<Record<string, string>>;
  /** Owner of everything made, instead of what the archive says. */
  readonly owner?: Owner;
}

export const LAYER_OPTIONS: ExtractOptions = {
  limits: DEFAULT_LIMITS,
  whiteouts: true,
  replaceOtherKinds: true,
  rootAttributes: true,
  devices: true,
};

export const COPY_OPTIONS: ExtractOptions = {
  limits: DEFAULT_LIMITS,
  whiteouts: false,
  replaceOtherKinds: false,
  rootAttributes: false,
  devices: true,
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
 * @param root a directory's descriptor or path, or a tree
 * @throws ArchiveError where the archive is at fault; SystemCallError or Node's own where the host is
 */
export async function extractTar(
  stream: AsyncIterable<Buffer>,
  root: number | string | Tree,
  options: ExtractOptions,
  signal?: AbortSignal,
): Promise<Extracted> {
  const opened = typeof root === 'string' ? openSync(root, constants.O_RDONLY | constants.O_DIRECTORY) : undefined;
  try {
    const tree = typeof root === 'object' ? root : plainTree(opened ?? Number(root));
    using extractor = new Extractor(tree, options);
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
    if (opened !== undefined) closeSync(opened);
  }
}
