import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { SelkieError } from '@selkie/contract';
import { BODY_LIMIT } from './body.ts';

/**
 * Reads the request body from a connection that was taken over before its body was read, and not one byte more: what follows is the
 * stream (stdin of an exec).
 */
export async function readTakenBody(request: IncomingMessage, socket: Socket): Promise<string> {
  if (/\bchunked\b/i.test(request.headers['transfer-encoding'] ?? '')) return readChunked(socket);
  const length = Number(request.headers['content-length'] ?? 0);
  return (await take(socket, withinLimit(length))).toString();
}

async function readChunked(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const size = (await takeLine(socket)).split(';', 1)[0]?.trim() ?? '';
    if (!/^[0-9a-f]{1,8}$/i.test(size)) throw malformed('bad chunk size');
    const length = Number.parseInt(size, 16);
    if (length === 0) break;
    total = withinLimit(total + length);
    chunks.push(await take(socket, length));
    if ((await takeLine(socket)) !== '') throw malformed('bad chunk end');
  }
  while ((await takeLine(socket)) !== ''); // trailers
  return Buffer.concat(chunks).toString();
}

function withinLimit(length: number): number {
  if (length > BODY_LIMIT) throw new SelkieError('BODY_TOO_LARGE', { limit: String(BODY_LIMIT) });
  return length;
}

async function takeLine(socket: Socket): Promise<string> {
  let line = '';
  for (;;) {
    const character = (await take(socket, 1)).toString('latin1');
    if (character === '\n') return line.endsWith('\r') ? line.slice(0, -1) : line;
    line += character;
    if (line.length > 4096) throw malformed('chunk line too long');
  }
}

/** Exactly `length` bytes; the socket keeps the rest. */
async function take(socket: Socket, length: number): Promise<Buffer> {
  while (length > 0) {
    const bytes: unknown = socket.read(length);
    if (bytes instanceof Buffer) {
      if (bytes.length < length) break;
      return bytes;
    }
    if (socket.readableEnded || socket.destroyed) break;
    await change(socket);
  }
  if (length > 0) throw malformed('the body ends early');
  return Buffer.alloc(0);
}

function change(socket: Socket): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const events = ['readable', 'end', 'close', 'error'] as const;
  for (const event of events) socket.on(event, resolve);
  return promise.finally(() => {
    for (const event of events) socket.off(event, resolve);
  });
}

function malformed(reason: string): SelkieError {
  return new SelkieError('MALFORMED_BODY', { reason });
}
