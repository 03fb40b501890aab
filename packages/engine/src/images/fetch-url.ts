import { Readable } from 'node:stream';
import { SelkieError } from '@selkie/contract';

/** A file of the web, as a stream. @throws SelkieError INVALID_PARAMETER for another kind of address, HOST where it cannot be had */
export async function fetchUrl(url: URL, signal: AbortSignal): Promise<AsyncIterable<Buffer>> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new SelkieError('INVALID_PARAMETER', { reason: `${url.protocol} is not a protocol files can be fetched by` });
  }
  let response: Response;
  try {
    response = await fetch(url, { signal });
  } catch (cause) {
    signal.throwIfAborted();
    throw new SelkieError('HOST', { reason: `failed to download ${url.href}: ${reasonOf(cause)}` }, { cause });
  }
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new SelkieError('HOST', { reason: `failed to download ${url.href}: status code ${response.status}` });
  }
  return bytes(Readable.fromWeb(response.body));
}

async function* bytes(body: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of body) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
}

/** fetch's own message says nothing; what it wraps does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}
