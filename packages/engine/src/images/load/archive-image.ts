import type { Parts } from '../assemble.ts';
import type { StagedFile } from '../staging.ts';

/** One image an archive describes. */
export interface ArchiveImage {
  readonly parts: Parts;
  /** Names as the archive writes them. */
  readonly names: readonly ArchiveName[];
}

export interface ArchiveName {
  readonly text: string;
  /** Docker's archives leave out `docker.io/library/`; what an image layout says is completed as the client's dialect does. */
  readonly origin: 'docker' | 'layout';
}

/** Each file once: two layers of one image may be the same. */
export function distinct(files: readonly StagedFile[]): StagedFile[] {
  return [...new Map(files.map((file) => [file.digest, file])).values()];
}
