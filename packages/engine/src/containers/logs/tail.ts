import type { FileHandle } from 'node:fs/promises';
import { parseEntries } from './k8s-file.ts';

const STEP = 64 * 1024;

/** Offset from which a log holds its last `lines` whole lines of the wanted streams, found by reading backwards. */
export async function tailOffset(
  file: FileHandle,
  size: number,
  lines: number,
  wanted: (stream: 'stdout' | 'stderr') => boolean,
): Promise<number> {
  if (lines <= 0) return size;
  let start = size;
  let tail = Buffer.alloc(0);
  while (start > 0) {
    const length = Math.min(STEP, start);
    const block = Buffer.alloc(length);
    await file.read(block, 0, length, start - length);
    start -= length;
    tail = Buffer.concat([block, tail]);
    const offset = nthFromEnd(tail, start === 0, lines, wanted);
    if (offset !== undefined) return start + offset;
  }
  return 0;
}

/** Where the n-th wanted line from the end begins in a buffer; its first line may be cut off unless `whole`. */
function nthFromEnd(
  buffer: Buffer,
  whole: boolean,
  lines: number,
  wanted: (stream: 'stdout' | 'stderr') => boolean,
): number | undefined {
  const first = whole ? 0 : buffer.indexOf(0x0a) + 1;
  if (!whole && first === 0) return undefined;
  const starts: number[] = [];
  let continues = false;
  for (let at = first; at < buffer.length; ) {
    const end = buffer.indexOf(0x0a, at);
    if (end < 0) break;
    const [entry] = parseEntries(buffer.subarray(at, end + 1)).entries;
    if (entry !== undefined && wanted(entry.stream)) {
      if (!continues) starts.push(at);
      continues = entry.partial;
    }
    at = end + 1;
  }
  return starts.at(-lines);
}
