import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { type Operation, SelkieError } from '@selkie/contract';

/** No JSON body either API describes comes near it; without a limit one request could take all memory. */
export const BODY_LIMIT = 16 * 1024 * 1024;

/** Reads a whole request body. @throws SelkieError BODY_TOO_LARGE */
export async function readBody(source: Readable, limit = BODY_LIMIT): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > limit) throw new SelkieError('BODY_TOO_LARGE', { limit: String(limit) });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/**
 * The body, if it does not claim to be something else than JSON. Only the Docker group minds, as dockerd does; podman's clients name no type
 * or any.
 * @throws SelkieError INVALID_PARAMETER
 */
export function requireJson({ group }: Operation, headers: IncomingHttpHeaders, body: string): string {
  const type = headers['content-type'];
  if (group === 'docker' && body !== '' && type !== undefined && !/^application\/json\s*(;|$)/i.test(type)) {
    throw new SelkieError('INVALID_PARAMETER', {
      reason: `unsupported Content-Type header (${type}): must be 'application/json'`,
    });
  }
  return body;
}
