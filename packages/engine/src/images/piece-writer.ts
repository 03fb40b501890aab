import type { FileHandle } from 'node:fs/promises';

/** Received bytes are written in pieces of about this size. */
const WRITE_SIZE = 1024 * 1024;

/** Gathers small chunks, so that a fast source costs few system calls. */
export class PieceWriter {
  readonly #file: FileHandle;
  #pending: Uint8Array[] = [];
  #length = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  async write(chunk: Uint8Array): Promise<void> {
    this.#pending.push(chunk);
    this.#length += chunk.length;
    if (this.#length >= WRITE_SIZE) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.#length === 0) return;
    const pieces = this.#pending;
    this.#pending = [];
    this.#length = 0;
    await writeAll(this.#file, pieces);
  }
}

/** A vectored write may be short. */
async function writeAll(file: FileHandle, pieces: Uint8Array[]): Promise<void> {
  const total = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const { bytesWritten } = await file.writev(pieces);
  if (bytesWritten === total) return;
  const rest = Buffer.concat(pieces).subarray(bytesWritten);
  for (let at = 0; at < rest.length; ) at += (await file.write(rest, at)).bytesWritten;
}
