import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { SelkieError } from '@selkie/contract';
import { createWebSocketStream, type WebSocket, WebSocketServer } from 'ws';
import { BODY_LIMIT } from './body.ts';
import type { Exchange } from './exchange.ts';
import type { Reply } from './reply.ts';

const handshakes = new WebSocketServer({
  noServer: true,
  clientTracking: false,
  perMessageDeflate: false,
  maxPayload: BODY_LIMIT,
});

/** Refused before anything is attached to what could then not be handed over. @throws SelkieError INVALID_PARAMETER */
export function requireHandshake({ method, headers }: IncomingMessage): void {
  const asked =
    method === 'GET' &&
    headers.upgrade?.toLowerCase() === 'websocket' &&
    /^[+/0-9A-Za-z]{22}==$/.test(headers['sec-websocket-key'] ?? '') &&
    headers['sec-websocket-version'] === '13';
  if (!asked)
    throw new SelkieError('INVALID_PARAMETER', { reason: 'the request is no WebSocket handshake of version 13' });
}

/** Answers the handshake and runs the stream; resolves when it is over. */
export async function runWebSocket(
  socket: Socket,
  reply: Extract<Reply, { kind: 'websocket' }>,
  exchange: Exchange,
): Promise<void> {
  exchange.streaming = true;
  const client = await shakeHands(exchange.request, socket);
  exchange.status = 101;
  const closed = new AbortController();
  client.once('close', () => closed.abort());
  const stream = createWebSocketStream(client);
  // A client that breaks the protocol has left.
  stream.on('error', () => closed.abort());
  try {
    await reply.run(stream, AbortSignal.any([exchange.ending.signal, closed.signal]));
    stream.end();
  } catch (error) {
    client.close(1011);
    if (!exchange.ending.signal.aborted) throw error;
  }
  if (client.readyState !== client.CLOSED) await closing(client, closed.signal);
}

function shakeHands(request: IncomingMessage, socket: Socket): Promise<WebSocket> {
  // What the client sent behind its request is in the socket again.
  return new Promise((resolve) => handshakes.handleUpgrade(request, socket, Buffer.alloc(0), resolve));
}

/** The client answers the closing, or is cut off by the library after a while. */
function closing(client: WebSocket, closed: AbortSignal): Promise<void> {
  client.resume();
  return new Promise((resolve) => closed.addEventListener('abort', () => resolve(), { once: true }));
}
