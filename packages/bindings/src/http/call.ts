import type { ClientRequest, IncomingMessage } from 'node:http';
import { type Duplex, PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { apiError, connectionError } from '../errors.ts';
import type { Row } from '../row.ts';
import { type Connection, openConnection } from '../streams/connection.ts';
import { demultiplex } from '../streams/frames.ts';
import { jsonLines } from '../streams/json-lines.ts';
import { encodePath, encodeQuery } from './encode.ts';
import { type Transport, wasStale } from './transport.ts';

/** Everything of a call but its path; its types are in request-types.ts. */
export interface CallRequest {
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
}

interface Answer {
  readonly response: IncomingMessage;
  /** Where the connection was handed over. */
  readonly socket?: Duplex;
}

/**
 * Calls an operation and hands its answer over as the row says.
 * @param prefix version part of the path
 * @throws ApiError, ConnectionError, and the signal's reason
 */
export async function call(
  transport: Transport,
  prefix: string,
  row: Row,
  path: readonly string[],
  request: CallRequest,
): Promise<unknown> {
  const target = `${prefix}${encodePath(row.path, path)}${encodeQuery(row, request.query)}`;
  const { response, socket } = await send(transport, row, target, request);
  const status = response.statusCode ?? 0;
  if (row.result === 'exists' && status === 404) {
    response.resume();
    return false;
  }
  if (status >= 400) throw apiError(row.method, target, status, await text(response));
  return read(row, response, socket);
}

async function read(row: Row, response: IncomingMessage, socket: Duplex | undefined): Promise<unknown> {
  switch (row.result) {
    case 'none':
      return void (await text(response));
    case 'exists':
      response.resume();
      return true;
    case 'headers':
      response.resume();
      return response.headers;
    case 'json':
      return JSON.parse(await text(response));
    case 'text':
      return (await text(response)).replace(/\n$/, '');
    case 'ndjson':
      return jsonLines(response);
    case 'frames':
      return demultiplex(response);
    case 'raw':
    case 'tar':
      return response;
    case 'upgrade':
      return connectionOf(response, socket);
  }
}

/** A service that was asked to run something detached answers at once and hands nothing over. */
function connectionOf(response: IncomingMessage, socket: Duplex | undefined): Connection {
  if (socket !== undefined) return openConnection(socket, response.headers['content-type']);
  response.resume();
  return openConnection(new PassThrough().end(), undefined);
}

async function send(transport: Transport, row: Row, target: string, request: CallRequest): Promise<Answer> {
  const { signal } = request;
  const body = encodeBody(request);
  const headers = {
    ...body.headers,
    ...request.headers,
    ...(row.result === 'upgrade' && { Connection: 'Upgrade', Upgrade: 'tcp' }),
  };
  for (;;) {
    signal?.throwIfAborted();
    const sent = await transport.open({ method: row.method, path: target, headers, ...(signal && { signal }) });
    try {
      return await exchange(sent, body.content);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      if (wasStale(sent, error) && !(body.content instanceof Readable)) continue;
      throw connectionError(transport.url, error);
    }
  }
}

function exchange(sent: ClientRequest, content: Uint8Array | string | Readable | undefined): Promise<Answer> {
  return new Promise((resolve, reject) => {
    sent.on('response', (response) => resolve({ response }));
    sent.on('upgrade', (response, socket, head) => {
      if (head.length > 0) socket.unshift(head);
      resolve({ response, socket });
    });
    sent.on('error', reject);
    // A service that answers before it has read everything is heard nevertheless.
    if (content instanceof Readable) pipeline(content, sent).catch(reject);
    else sent.end(content);
  });
}

function encodeBody({ body, contentType }: CallRequest): {
  readonly headers: Readonly<Record<string, string | number>>;
  readonly content: Uint8Array | string | Readable | undefined;
} {
  if (body === undefined) return { headers: {}, content: undefined };
  if (typeof body === 'string' || body instanceof Uint8Array) {
    const headers = { 'Content-Type': contentType ?? 'application/x-tar', 'Content-Length': Buffer.byteLength(body) };
    return { headers, content: body };
  }
  if (isAsyncIterable(body)) {
    return { headers: { 'Content-Type': contentType ?? 'application/x-tar' }, content: Readable.from(body) };
  }
  const content = JSON.stringify(body);
  return { headers: { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(content) }, content };
}

function isAsyncIterable(value: unknown): value is AsyncIterable<Uint8Array> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value;
}
