import { readFile } from 'node:fs/promises';
import { components } from '../../archive/entry-path.ts';
import { ArchiveError } from '../../archive/errors.ts';
import { DEFAULT_LIMITS } from '../../archive/extract.ts';
import type { StagedFile } from '../staging.ts';

/** Beyond any real manifest or config, and small enough to be held in memory. */
const DOCUMENT_LIMIT = 8 * 1024 * 1024;
/** Links an archive may chain. */
const MAX_LINKS = 16;

/** A member that was kept: a file on disk, or the path another name stands for. */
type Member = StagedFile | { readonly target: string };

/** What an archive contains, by path. Links lead to other members only, so no path of the host is ever looked at. */
export class Members {
  readonly #members = new Map<string, Member>();

  /** A later member of the same name takes the place of the earlier one. @returns the one that was there */
  set(name: string, member: Member): Member | undefined {
    const path = normalized(name);
    const before = this.#members.get(path);
    this.#members.set(path, member);
    return before;
  }

  /** The file of this name. */
  find(name: string): StagedFile | undefined {
    let path = normalized(name);
    for (let links = 0; links < MAX_LINKS; links++) {
      const member = this.#members.get(path);
      if (member === undefined || !('target' in member)) return member;
      path = normalized(member.target);
    }
    throw new ArchiveError(`${name}: too many links`);
  }

  /** @throws ArchiveError where there is none */
  get(name: string): StagedFile {
    const file = this.find(name);
    if (file === undefined) throw new ArchiveError(`the archive has no ${name}`);
    return file;
  }

  /** The bytes of a manifest, an index or a config. @throws ArchiveError */
  async document(name: string): Promise<Buffer> {
    const { path, size } = this.get(name);
    if (size > DOCUMENT_LIMIT) throw new ArchiveError(`${name} is too large`);
    return readFile(path);
  }

  /** The blob of an image layout. @throws ArchiveError where it is missing or is not what its name says */
  blob({ digest, size }: { readonly digest: string; readonly size: number }): StagedFile {
    const path = blobPath(digest);
    const file = this.get(path);
    if (file.digest !== digest) throw new ArchiveError(`${path} has another digest: ${file.digest}`);
    if (file.size !== size) throw new ArchiveError(`${path} has ${file.size} bytes instead of ${size}`);
    return file;
  }
}

export function blobPath(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}

function normalized(name: string): string {
  return components(name, DEFAULT_LIMITS).join('/');
}
