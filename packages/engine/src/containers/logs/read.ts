import { watch } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';
import type { LogEntry, LogOptions } from './entry.ts';
import { entryNanos, parseEntries } from './k8s-file.ts';
import { tailOffset } from './tail.ts';

const BLOCK = 256 * 1024;

/** Following a log needs to know when no more can come. */
export interface LogSource {
  readonly path: string;
  /** What lies behind this offset is not read. */
  readonly end?: number;
  /** True while the writer may still write. */
  writing(): boolean;
  /** Resolves when `writing` turns false. */
  ended(signal: AbortSignal): Promise<void>;
}

/**
 * A log's entries in batches as they are read; with `follow` it goes on with what comes until the writer has ended and the last
 * byte is read, through rotation.
 */
export async function* readLog(
  source: LogSource,
  options: LogOptions,
  signal: AbortSignal,
): AsyncGenerator<LogEntry[]> {
  const wanted = (stream: 'stdout' | 'stderr') => (stream === 'stdout' ? options.stdout : options.stderr);
  let file = await openLog(source.path);
  if (file === undefined && !options.follow) return;
  const changes = options.follow ? new Changes(source, signal) : undefined;
  try {
    let at = 0;
    if (file !== undefined && options.tail !== undefined) {
      at = await tailOffset(file, (await file.stat()).size, options.tail, wanted);
    }
    for (;;) {
      signal.throwIfAborted();
      const last = !source.writing(); // Asked before reading: what was written before the end is then seen.
      file ??= await openLog(source.path);
      if (file !== undefined) {
        for await (const { entries, next } of blocks(file, at, source.end ?? Number.POSITIVE_INFINITY, signal)) {
          at = next;
          const chosen = entries.filter((entry) => wanted(entry.stream) && inTime(entry, options));
          if (chosen.length > 0) yield chosen;
          const newest = entries.at(-1);
          if (options.until !== undefined && newest && entryNanos(newest.time) > options.until) return;
        }
        if (await wasRotated(file, source.path, at)) {
          await file.close();
          file = undefined;
          at = 0;
          continue;
        }
      }
      if (changes === undefined || last) return;
      if (options.until !== undefined && BigInt(Date.now()) * 1_000_000n > options.until) return;
      await changes.next();
    }
  } finally {
    changes?.[Symbol.dispose]();
    await file?.close();
  }
}

async function openLog(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function* blocks(
  file: FileHandle,
  from: number,
  end: number,
  signal: AbortSignal,
): AsyncGenerator<{ entries: LogEntry[]; next: number }> {
  let at = from;
  let size = BLOCK;
  for (;;) {
    signal.throwIfAborted();
    const wanted = Math.min(size, end - at);
    if (wanted <= 0) return;
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, at);
    const { entries, consumed } = parseEntries(buffer.subarray(0, bytesRead));
    if (consumed === 0) {
      if (bytesRead < size || wanted < size) return;
      size *= 2; // One line longer than the block.
      continue;
    }
    at += consumed;
    yield { entries, next: at };
  }
}

function inTime(entry: LogEntry, { since, until }: LogOptions): boolean {
  if (since === undefined && until === undefined) return true;
  const time = entryNanos(entry.time);
  return (since === undefined || time >= since) && (until === undefined || time <= until);
}

/** True where the path holds another file by now, or the same one cut short. */
async function wasRotated(file: FileHandle, path: string, at: number): Promise<boolean> {
  try {
    const [now, open] = await Promise.all([stat(path), file.stat()]);
    return now.ino !== open.ino || now.size < at;
  } catch {
    return false; // Between unlink and create: seen at the next change.
  }
}

/** Wakes on writes to the log, and when the writer ends. Nothing that happens between two `next` calls is lost. */
class Changes implements Disposable {
  readonly #stop = new AbortController();
  #pending = false;
  #wake: (() => void) | undefined;

  constructor(source: LogSource, signal: AbortSignal) {
    const directory = source.path.slice(0, source.path.lastIndexOf('/'));
    const watcher = watch(directory, { signal: this.#stop.signal }, () => this.#notify());
    watcher.on('error', () => this.#notify());
    const stopped = AbortSignal.any([signal, this.#stop.signal]);
    source.ended(stopped).then(
      () => this.#notify(),
      () => this.#notify(),
    );
  }

  #notify(): void {
    this.#pending = true;
    this.#wake?.();
    this.#wake = undefined;
  }

  async next(): Promise<void> {
    if (!this.#pending) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#pending = false;
  }

  [Symbol.dispose](): void {
    this.#stop.abort();
  }
}
