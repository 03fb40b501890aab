import { Readable } from 'node:stream';
import { SelkieError } from '@selkie/contract';
import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { isLoopback } from './endpoints.ts';

export interface HttpTimeouts {
  readonly connect: number;
  /** From the end of the request to the response's headers. */
  readonly headers: number;
  /** Between two chunks of a body: a transfer that stalls longer has failed. */
  readonly stall: number;
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'HEAD' | 'PATCH' | 'PUT';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Of a stream each attempt opens a new one. */
  readonly body?: string | Uint8Array | (() => AsyncIterable<Uint8Array>);
  readonly insecure: boolean;
  readonly signal: AbortSignal;
}

export type HttpResponse = Dispatcher.ResponseData;

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** HTTP with the time limits, redirects and TLS choices registries need. Answers of any status are returned, not thrown. */
export class HttpClient {
  readonly #secure: Dispatcher;
  readonly #insecure: Dispatcher;
  readonly #direct: Dispatcher;

  constructor(timeouts: HttpTimeouts) {
    const options = { headersTimeout: timeouts.headers, bodyTimeout: timeouts.stall };
    const connect = { timeout: timeouts.connect };
    this.#secure = new EnvHttpProxyAgent({ ...options, connect });
    this.#insecure = new EnvHttpProxyAgent({ ...options, connect: { ...connect, rejectUnauthorized: false } });
    // A proxy cannot reach this machine's loopback.
    this.#direct = new Agent({ ...options, connect: { ...connect, rejectUnauthorized: false } });
  }

  /** @throws the transport's error: connection, TLS, time limit, abort */
  async send(asked: HttpRequest): Promise<HttpResponse> {
    let { url, headers } = asked;
    for (let hops = 0; ; hops++) {
      const response = await request(url, {
        method: asked.method,
        headers,
        ...(asked.body !== undefined && { body: bodyOf(asked.body) }),
        signal: asked.signal,
        dispatcher: this.#dispatcher(url, asked.insecure),
      });
      const location = response.headers.location;
      if (!REDIRECTS.has(response.statusCode) || typeof location !== 'string') return response;
      await response.body.dump();
      if (hops === MAX_REDIRECTS) throw new Error(`more than ${MAX_REDIRECTS} redirects`);
      const next = redirectTarget(url, location, asked.insecure);
      // Storage back-ends refuse foreign credentials, and they are none of their business.
      if (next.origin !== url.origin) headers = without(headers, 'authorization');
      url = next;
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#secure.destroy(), this.#insecure.destroy(), this.#direct.destroy()]);
  }

  #dispatcher(url: URL, insecure: boolean): Dispatcher {
    if (isLoopback(url.host)) return this.#direct;
    return insecure ? this.#insecure : this.#secure;
  }
}

function bodyOf(body: NonNullable<HttpRequest['body']>): string | Uint8Array | Readable {
  return typeof body === 'function' ? Readable.from(body(), { objectMode: false }) : body;
}

function redirectTarget(from: URL, location: string, insecure: boolean): URL {
  const target = new URL(location, from);
  if (target.protocol !== 'https:' && target.protocol !== 'http:') throw new Error(`redirect to ${target.protocol}`);
  if (from.protocol === 'https:' && target.protocol === 'http:' && !insecure) {
    throw new Error('redirect from https to plain http refused');
  }
  return target;
}

function without(headers: Readonly<Record<string, string>>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key.toLowerCase() !== name));
}

/** A response's whole body. @throws SelkieError REGISTRY where it goes beyond `limit` bytes; the transport's error */
export async function readBody(response: HttpResponse, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length > limit) {
      response.body.destroy();
      throw new SelkieError('REGISTRY', { reason: `an answer is longer than ${limit} bytes` });
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks, length);
}
