import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PieceWriter } from './piece-writer.ts';

/** A finished file, on disk and hashed. */
export interface StagedFile {
  readonly path: string;
  readonly digest: string;
  readonly size: number;
}

/** A directory for files on their way into the content store. */
export class Staging implements AsyncDisposable {
  readonly #directory: string;
  readonly #left: () => void;
  #next = 0;

  constructor(directory: string, left: () => void) {
    this.#directory = directory;
    this.#left = left;
  }

  /** Begins a file. */
  async create(): Promise<StagedWriter> {
    const path = join(this.#directory, String(this.#next++));
    return new StagedWriter(path, await open(path, 'wx', 0o600));
  }

  /** Writes a whole stream. @throws what the stream throws; the signal's reason */
  async write(source: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<StagedFile> {
    await using writer = await this.create();
    for await (const chunk of source) {
      signal.throwIfAborted();
      await writer.write(chunk);
    }
    return await writer.finish();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
    this.#left();
  }
}

/** One file being written. */
export class StagedWriter implements AsyncDisposable {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #pieces: PieceWriter;
  readonly #hash: Hash = createHash('sha256');
  #size = 0;

  constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
    this.#pieces = new PieceWriter(file);
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#hash.update(chunk);
    this.#size += chunk.length;
    await this.#pieces.write(chunk);
  }

  /** The file, written; {@link ContentStore.sync} makes it safe on disk. */
  async finish(): Promise<StagedFile> {
    await this.#pieces.flush();
    await this.#file.close();
    return { path: this.#path, digest: `sha256:${this.#hash.digest('hex')}`, size: this.#size };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#file.close();
  }
}
