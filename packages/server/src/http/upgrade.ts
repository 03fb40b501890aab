import type { Socket } from 'node:net';
import { toSelkieError } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { headRead } from './head-read.ts';
import { frame } from './multiplex.ts';
import type { Reply } from './reply.ts';

/** How long a client may take to close its half once ours is closed. Closing at once could reset what it has not read yet. */
const LINGER_MS = 2000;
const PROBE_MS = 500;

/** Answers with the stream and runs it; resolves when it is over. The connection is not closed here. */
export async function runUpgrade(
  socket: Socket,
  reply: Extract<Reply, { kind: 'upgrade' }>,
  exchange: Exchange,
): Promise<void> {
  exchange.streaming = true;
  const protocol = exchange.request.headers.upgrade;
  const { contentType } = reply;
  socket.write(
    protocol === undefined
      ? `HTTP/1.1 200 OK\r\nContent-Type: ${contentType}\r\n\r\n`
      : `HTTP/1.1 101 UPGRADED\r\nContent-Type: ${contentType}\r\nConnection: Upgrade\r\nUpgrade: ${protocol}\r\n\r\n`,
  );
  exchange.status = protocol === undefined ? 200 : 101;
  await headRead(socket);
  try {
    await reply.run(socket, exchange.ending.signal);
  } catch (error) {
    if (exchange.ending.signal.aborted) return;
    if (contentType.endsWith('multiplexed-stream') && socket.writable) {
      const message = toSelkieError(error, exchange).messageFor(exchange.group);
      socket.write(frame('stderr', Buffer.from(`Error: ${message}\n`)));
    }
    throw error;
  }
}

/**
 * Notices that the client of a unix socket is gone and has not just closed its half, which looks the same to a reader: to a writer it does
 * not, even if it writes nothing.
 */
export function noticeLeaving(socket: Socket): void {
  socket.once('end', () => {
    const timer = setInterval(() => {
      if (socket.writable && socket.writableLength === 0) socket.write(Buffer.alloc(0));
    }, PROBE_MS).unref();
    socket.once('close', () => clearInterval(timer));
  });
}

/** Ends our half and lets the client finish; what it still sends is thrown away. */
export function endGently(socket: Socket): void {
  if (socket.destroyed) return;
  socket.end();
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}
