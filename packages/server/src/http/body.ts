import type { Readable } from 'node:stream';
import { SelkieError } from '@selkie/contract';

/** No JSON body either API describes comes near it; without a limit one request could take all memory. */
export const BODY_LIMIT = 16 * 1024 * 1024;

/** Reads a whole request body. @throws SelkieError BODY_TOO_LARGE */
export async function readBody(source: Readable, limit = BODY_LIMIT): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > limit) throw new SelkieError('BODY_TOO_LARGE', { limit: String(limit) });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
