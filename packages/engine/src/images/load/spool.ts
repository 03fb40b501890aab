import { rm } from 'node:fs/promises';
import { posix } from 'node:path';
import { decompressAny } from '../../archive/decompress.ts';
import type { TarEntry } from '../../archive/entry.ts';
import { ArchiveError } from '../../archive/errors.ts';
import { DEFAULT_LIMITS, type ExtractLimits } from '../../archive/extract.ts';
import { TarReader, type TarSink } from '../../archive/tar-reader.ts';
import type { StagedFile, StagedWriter, Staging } from '../staging.ts';
import { Members } from './members.ts';

/** No image of a few hundred layers needs as many files. */
const LIMITS: ExtractLimits = { ...DEFAULT_LIMITS, maxEntries: 100_000 };

/**
 * Reads an image archive once, its files going to disk under numbers of ours and hashed on the way. Nothing is made under a name the
 * archive gives.
 * @throws ArchiveError where the archive is damaged; the signal's reason
 */
export async function spool(source: AsyncIterable<Buffer>, staging: Staging, signal: AbortSignal): Promise<Members> {
  await using sink = new SpoolSink(staging);
  const reader = new TarReader(sink);
  let bytes = 0;
  for await (const chunk of decompressAny(source)) {
    signal.throwIfAborted();
    bytes += chunk.length;
    if (bytes > LIMITS.maxBytes) throw new ArchiveError('the archive is too large');
    reader.push(chunk);
    await sink.drain();
  }
  reader.end();
  await sink.drain();
  return sink.members;
}

type Step =
  | { readonly kind: 'begin'; readonly name: string }
  | { readonly kind: 'data'; readonly chunk: Buffer }
  | { readonly kind: 'finish' };

/** Notes what the parser finds in a chunk; `drain` then writes it without holding the event loop up. */
class SpoolSink implements TarSink, AsyncDisposable {
  readonly members = new Members();
  readonly #staging: Staging;
  readonly #byDigest = new Map<string, StagedFile>();
  #steps: Step[] = [];
  #entries = 0;
  #inFile = false;
  #writing: { readonly name: string; readonly writer: StagedWriter } | undefined;

  constructor(staging: Staging) {
    this.#staging = staging;
  }

  begin(entry: TarEntry): void {
    if (++this.#entries > LIMITS.maxEntries) throw new ArchiveError('the archive has too many members');
    this.#inFile = entry.type === 'file';
    if (this.#inFile) this.#steps.push({ kind: 'begin', name: entry.name });
    else if (entry.type === 'symlink') {
      // Archives of old name a layer that several images share by a link to the first one.
      const target = posix.join(posix.dirname(`/${entry.name}`), entry.linkName);
      this.members.set(entry.name, { target: entry.linkName.startsWith('/') ? entry.linkName : target });
    } else if (entry.type === 'link') this.members.set(entry.name, { target: entry.linkName });
  }

  data(chunk: Buffer): void {
    if (this.#inFile) this.#steps.push({ kind: 'data', chunk });
  }

  finish(): void {
    if (this.#inFile) this.#steps.push({ kind: 'finish' });
    this.#inFile = false;
  }

  async drain(): Promise<void> {
    const steps = this.#steps;
    this.#steps = [];
    for (const step of steps) {
      if (step.kind === 'begin') this.#writing = { name: step.name, writer: await this.#staging.create() };
      else if (step.kind === 'data') await this.#writing?.writer.write(step.chunk);
      else await this.#finish();
    }
  }

  async #finish(): Promise<void> {
    if (this.#writing === undefined) return;
    const { name, writer } = this.#writing;
    this.#writing = undefined;
    const file = await writer.finish();
    const same = this.#byDigest.get(file.digest);
    if (same === undefined) this.#byDigest.set(file.digest, file);
    else await rm(file.path);
    this.members.set(name, same ?? file);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writing?.writer[Symbol.asyncDispose]();
  }
}
