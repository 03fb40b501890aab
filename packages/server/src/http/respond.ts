import { type ServerResponse, STATUS_CODES, validateHeaderValue } from 'node:http';
import type { Socket } from 'node:net';
import type { SelkieError } from '@selkie/contract';
import { errorBody, errorHeaders, errorLine, toSelkieError } from './errors.ts';
import type { Exchange } from './exchange.ts';
import { type Headers, mergeHeaders } from './header-map.ts';
import { empty, json, type Reply } from './reply.ts';
import { lines, sendAll } from './streams.ts';

type Streamed = Extract<Reply, { kind: 'ndjson' | 'raw' }>;
type Whole = Extract<Reply, { kind: 'json' | 'text' | 'empty' }>;

/** Puts a reply on the wire and resolves when it has gone out. Throws what a raw stream failed with; the connection is cut then. */
export async function respond(response: ServerResponse, reply: Reply, exchange: Exchange): Promise<void> {
  switch (reply.kind) {
    case 'ndjson':
    case 'raw':
      return respondStream(response, reply, exchange);
    case 'upgrade':
    case 'websocket':
      throw new Error('only an operation of kind upgrade can take the connection over');
    default: {
      const { status, headers, body } = renderWhole(reply);
      response.writeHead(status, mergeHeaders(exchange.headers, headers));
      response.end(body);
    }
  }
}

async function respondStream(response: ServerResponse, reply: Streamed, exchange: Exchange): Promise<void> {
  exchange.streaming = true;
  response.writeHead(reply.status, mergeHeaders(exchange.headers, reply.headers));
  const source = reply.kind === 'ndjson' ? lines(reply.items) : reply.chunks;
  if (exchange.request.method === 'HEAD') {
    response.end();
    await source[Symbol.asyncIterator]().return?.(undefined);
    return;
  }
  // A silent stream's client waits for the headers.
  response.flushHeaders();
  try {
    await sendAll(response, source, exchange.gone.signal);
  } catch (error) {
    if (exchange.gone.signal.aborted || reply.kind === 'raw') {
      response.destroy();
      throw error;
    }
    // A stream that ends because the service stops has not failed.
    if (exchange.ending.signal.aborted) return void response.end();
    response.end(`${JSON.stringify(errorLine(toSelkieError(error, exchange), exchange.group))}\n`);
    throw error;
  }
  response.end();
}

/** The reply that tells of an error. */
export function errorReply(error: SelkieError, exchange: Exchange): Whole {
  const { status } = error;
  return status === 304
    ? whole(empty(304))
    : whole(json(status, errorBody(error, exchange.group), errorHeaders(error)));
}

/** Answers on a connection that has been taken from the HTTP server. */
export function writeWhole(socket: Socket, reply: Whole, exchange: Exchange): void {
  const { status, headers, body } = renderWhole(reply);
  const all = mergeHeaders(exchange.headers, headers, { Date: new Date().toUTCString(), Connection: 'close' });
  const fields = Object.entries(all).map(([name, value]) => {
    validateHeaderValue(name, value);
    return `${name}: ${value}\r\n`;
  });
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Unknown'}\r\n${fields.join('')}\r\n`);
  if (body !== undefined) socket.write(body);
}

function renderWhole(reply: Whole): {
  status: number;
  headers: Headers;
  body: Buffer | undefined;
} {
  const { status, headers } = reply;
  if (reply.kind === 'empty') {
    const bodiless = status === 204 || status === 304;
    return { status, headers: bodiless ? headers : mergeHeaders({ 'Content-Length': '0' }, headers), body: undefined };
  }
  const [type, content] =
    reply.kind === 'json'
      ? ['application/json', JSON.stringify(reply.body) ?? 'null']
      : ['text/plain; charset=utf-8', reply.text];
  const body = Buffer.from(content);
  const described = { 'Content-Type': type, 'Content-Length': String(body.length) };
  return { status, headers: mergeHeaders(described, headers), body };
}

function whole(reply: Reply): Whole {
  if (!isWhole(reply)) throw new Error(`a ${reply.kind} reply has no single body`);
  return reply;
}

/** Replies that are complete when they are made. */
export function isWhole(reply: Reply): reply is Whole {
  return reply.kind === 'json' || reply.kind === 'text' || reply.kind === 'empty';
}
