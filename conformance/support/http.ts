import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';

export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A JSON value to be sent as such, bytes to be sent as they are, or nothing. */
export type RequestBody = object | Uint8Array | undefined;

/** A response read to its end. */
export class Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;

  constructor(status: number, headers: IncomingHttpHeaders, body: Buffer) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  get text(): string {
    return this.body.toString();
  }

  get json(): unknown {
    return JSON.parse(this.text);
  }

  /** The objects of a stream of JSON lines. */
  get lines(): unknown[] {
    return this.text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line): unknown => JSON.parse(line));
  }

  /** A member of the JSON body: `at('NetworkSettings', 'Ports', '80/tcp', 0, 'HostPort')`; undefined where there is none. */
  at(...path: readonly (string | number)[]): unknown {
    return member(this.json, ...path);
  }

  /** Like {@link at}, for a member the test goes on with. @throws where it is no string */
  string(...path: readonly (string | number)[]): string {
    const value = this.at(...path);
    if (typeof value !== 'string') throw new Error(`${path.join('.')} is no string in ${this.status} ${this.text}`);
    return value;
  }
}

/** A member of a JSON value, however deep. */
export function member(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null
        ? Object.entries(at).find(([name]) => name === String(key))?.[1]
        : undefined,
    value,
  );
}

/** A connection a service has handed over. */
export interface Hijacked {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Yields first what came together with the head. */
  readonly socket: Duplex;
}

/** Sends one request over a unix socket; the response is at its head. */
export async function open(
  socketPath: string,
  method: string,
  path: string,
  body?: RequestBody,
  options: RequestOptions = {},
): Promise<IncomingMessage> {
  const sent = httpRequest({
    socketPath,
    method,
    path,
    agent: false,
    headers: headersFor(body, options),
    ...signalOf(options),
  });
  return new Promise((resolve, reject) => {
    sent.on('response', resolve).on('error', reject);
    sent.end(encode(body));
  });
}

export async function request(
  socketPath: string,
  method: string,
  path: string,
  body?: RequestBody,
  options: RequestOptions = {},
): Promise<Answer> {
  const response = await open(socketPath, method, path, body, options);
  return new Answer(response.statusCode ?? 0, response.headers, await buffer(response));
}

/** Asks for the connection itself, as attach and exec start do. @throws where the service answers otherwise */
export async function hijack(
  socketPath: string,
  path: string,
  body?: RequestBody,
  options: RequestOptions = {},
): Promise<Hijacked> {
  const headers = { ...headersFor(body, options), connection: 'Upgrade', upgrade: 'tcp' };
  const sent = httpRequest({ socketPath, method: 'POST', path, agent: false, headers, ...signalOf(options) });
  return new Promise((resolve, reject) => {
    sent.on('upgrade', (response, socket, head) => {
      if (head.length > 0) socket.unshift(head);
      resolve({ status: response.statusCode ?? 0, headers: response.headers, socket });
    });
    sent.on('response', (response) => {
      buffer(response).then((answer) => reject(new Error(`no upgrade but ${response.statusCode} ${answer}`)), reject);
    });
    sent.on('error', reject);
    sent.end(encode(body));
  });
}

function headersFor(body: RequestBody, { headers }: RequestOptions): Record<string, string> {
  const bytes = encode(body);
  return {
    ...(bytes && { 'content-length': String(bytes.length) }),
    ...(bytes && bytes !== body && { 'content-type': 'application/json' }),
    ...headers,
  };
}

function encode(body: RequestBody): Uint8Array | undefined {
  return body === undefined || body instanceof Uint8Array ? body : Buffer.from(JSON.stringify(body));
}

function signalOf({ signal }: RequestOptions): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
