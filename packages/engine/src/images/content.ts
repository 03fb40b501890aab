import { createReadStream, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { SelkieError } from '@selkie/contract';
import { hasherFor, parseDigest, requireDigest, sha256, verify } from './digest.ts';
import { KeyedMutex } from './keyed-mutex.ts';
import { PieceWriter } from './piece-writer.ts';
import { type StagedFile, Staging } from './staging.ts';
import { writeAtomically } from './write-atomically.ts';

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly platform?: DescribedPlatform;
}

export interface DescribedPlatform {
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly osVersion?: string;
}

/** Opens a blob's bytes from an offset. */
export type OpenSource = (offset: number, signal: AbortSignal) => Promise<AsyncIterable<Uint8Array>>;

/** Pieces of a partial file that is hashed again: each holds the event loop well under a millisecond. */
const REHASH_SIZE = 256 * 1024;

/**
 * Blobs by digest, an OCI image layout on disk so that other tools read it too. A blob is either whole and verified or not there:
 * what is still coming lies in `ingest/`, survives a crash, and is continued by the next ingest of the same digest.
 */
export class ContentStore {
  readonly #root: string;
  readonly #busy = new KeyedMutex();
  readonly #staged = new Set<string>();

  constructor(root: string) {
    this.#root = root;
    mkdirSync(join(root, 'blobs', 'sha256'), { recursive: true });
    mkdirSync(join(root, 'ingest'), { recursive: true });
    mkdirSync(join(root, 'staging'), { recursive: true });
    writeFileSync(join(root, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  }

  /** Where a blob is, or would be. @throws SelkieError INVALID_PARAMETER for what is no digest */
  path(digest: string): string {
    const { algorithm, hex } = requireDigest(digest);
    return join(this.#root, 'blobs', algorithm, hex);
  }

  has(digest: string): boolean {
    return existsSync(this.path(digest));
  }

  /** A small blob's bytes, verified again: what the disk gives back is not trusted with what runs. */
  async read(digest: string): Promise<Buffer> {
    const bytes = await readFile(this.path(digest));
    verify(digest, bytes, digest);
    return bytes;
  }

  /** Stores bytes at hand and returns their digest. */
  async put(bytes: Uint8Array, digest = sha256(bytes)): Promise<string> {
    verify(digest, bytes, digest);
    await this.#busy.run(digest, undefined, async () => {
      if (this.has(digest)) return;
      const partial = this.#partial(digest);
      await writeAtomically(this.path(digest), bytes, partial);
    });
    return digest;
  }

  /**
   * Receives a blob unless it is here. Two of the same digest run one after the other, so the second finds the first one's work.
   * @param onProgress bytes here so far
   * @throws SelkieError DIGEST_MISMATCH, REGISTRY (too long, too short), CANCELLED; what the source throws
   */
  async ingest(
    expected: Descriptor,
    openSource: OpenSource,
    signal: AbortSignal,
    onProgress: (current: number) => void = () => {},
  ): Promise<void> {
    const { digest } = expected;
    await this.#busy.run(digest, signal, async () => {
      if (this.has(digest)) return;
      const partial = this.#partial(digest);
      const resumed = await this.#receive(partial, expected, openSource, signal, onProgress);
      if (resumed === 'bad') await this.#receive(partial, expected, openSource, signal, onProgress);
      await mkdir(dirname(this.path(digest)), { recursive: true });
      await rename(partial, this.path(digest));
    });
  }

  /** Takes over a finished file of a {@link Staging} as the blob it is. */
  async adopt({ path, digest }: StagedFile): Promise<void> {
    await this.#busy.run(digest, undefined, async () => {
      if (!this.has(digest)) await rename(path, this.path(digest));
    });
  }

  /** Makes blobs that were taken over safe on disk. */
  async sync(digests: readonly string[]): Promise<void> {
    await Promise.all(
      digests.map(async (digest) => {
        await using file = await open(this.path(digest));
        await file.datasync();
      }),
    );
  }

  /** A place for files on their way in whose digests are not known yet; gone with what is left in it when disposed. */
  stage(): Staging {
    const directory = mkdtempSync(join(this.#root, 'staging', 'in-'));
    this.#staged.add(basename(directory));
    return new Staging(directory, () => this.#staged.delete(basename(directory)));
  }

  /** Deletes what a service that was killed left of files on their way in. */
  async clearStaging(): Promise<void> {
    for (const name of await readdir(join(this.#root, 'staging'))) {
      if (!this.#staged.has(name)) await rm(join(this.#root, 'staging', name), { recursive: true, force: true });
    }
  }

  /** Deletes a blob unless `stillNeeded` says otherwise once nobody else works on it. Of nothing: a success. */
  async delete(digest: string, stillNeeded: () => boolean = () => false): Promise<boolean> {
    return this.#busy.run(digest, undefined, async () => {
      if (stillNeeded()) return false;
      await rm(this.path(digest), { force: true });
      await rm(this.#partial(digest), { force: true });
      return true;
    });
  }

  /** Digests of all blobs and of all unfinished ones. */
  async list(): Promise<{ blobs: string[]; partial: string[] }> {
    const algorithms = await readdir(join(this.#root, 'blobs'));
    const blobs = await Promise.all(
      algorithms.map(async (algorithm) =>
        (await readdir(join(this.#root, 'blobs', algorithm))).map((hex) => `${algorithm}:${hex}`),
      ),
    );
    const partial = (await readdir(join(this.#root, 'ingest'))).map((name) => name.replace('-', ':'));
    const known = (digest: string) => parseDigest(digest) !== undefined;
    return { blobs: blobs.flat().filter(known), partial: partial.filter(known) };
  }

  /** Replaces index.json: the manifests here and the names they go by, for other tools. */
  async writeIndex(manifests: readonly Descriptor[]): Promise<void> {
    const index = { schemaVersion: 2, mediaType: 'application/vnd.oci.image.index.v1+json', manifests };
    await writeAtomically(join(this.#root, 'index.json'), JSON.stringify(index));
  }

  #partial(digest: string): string {
    const { algorithm, hex } = requireDigest(digest);
    return join(this.#root, 'ingest', `${algorithm}-${hex}`);
  }

  /** @returns 'bad' where what was there before spoiled it, and a fresh start may succeed */
  async #receive(
    partial: string,
    expected: Descriptor,
    openSource: OpenSource,
    signal: AbortSignal,
    onProgress: (current: number) => void,
  ): Promise<'good' | 'bad'> {
    await using file = await open(partial, 'a+');
    const hash = hasherFor(expected.digest);
    let offset = (await stat(partial)).size;
    if (offset > expected.size) {
      await file.truncate(0);
      offset = 0;
    }
    const resumedAt = offset;
    if (offset > 0) {
      for await (const chunk of createReadStream(partial, { highWaterMark: REHASH_SIZE, signal })) hash.update(chunk);
      onProgress(offset);
    }
    if (offset < expected.size) {
      const writer = new PieceWriter(file);
      try {
        for await (const chunk of await openSource(offset, signal)) {
          signal.throwIfAborted();
          offset += chunk.length;
          if (offset > expected.size) break;
          hash.update(chunk);
          await writer.write(chunk);
          onProgress(offset);
        }
      } finally {
        await writer.flush();
      }
    }
    const actual = `${requireDigest(expected.digest).algorithm}:${hash.digest('hex')}`;
    if (offset === expected.size && actual === expected.digest) {
      await file.datasync();
      return 'good';
    }
    if (offset < expected.size) {
      const reason = `${expected.digest} ended after ${offset} of ${expected.size} bytes`;
      throw new SelkieError('REGISTRY', { reason });
    }
    await file.truncate(0);
    if (resumedAt > 0) return 'bad';
    if (offset > expected.size) {
      throw new SelkieError('REGISTRY', { reason: `${expected.digest} is longer than its ${expected.size} bytes` });
    }
    throw new SelkieError('DIGEST_MISMATCH', { name: expected.digest, actual, expected: expected.digest });
  }
}
