import { setTimeout as sleep } from 'node:timers/promises';
import { isSelkieError } from '@selkie/contract';
import type { BlobToPush, PushOutcome, Repository } from '../../ports/registry.ts';
import type { Endpoint } from './endpoints.ts';
import { TransportError, toPushFailure } from './failure.ts';
import type { HttpResponse } from './http-client.ts';
import { backoff, type RetryPolicy } from './retry.ts';
import type { Call, Session } from './session.ts';

/** Up to here a blob goes in one request together with its digest. */
const SMALL = 1024 * 1024;
const BYTES = { 'content-type': 'application/octet-stream' };

/** An upload the registry has begun for us. */
interface Upload {
  /** Where the next piece goes; a new address after each. */
  url: URL;
  /** Bytes the registry has. */
  offset: number;
}

/** Sends one blob to a repository, going on where a broken transfer ended. */
export class BlobUpload {
  readonly #session: Session;
  readonly #retry: RetryPolicy;
  readonly #repository: Repository;
  readonly #endpoint: Endpoint;
  readonly #blob: BlobToPush;
  readonly #signal: AbortSignal;

  constructor(
    session: Session,
    retry: RetryPolicy,
    {
      repository,
      endpoint,
      blob,
      signal,
    }: { repository: Repository; endpoint: Endpoint; blob: BlobToPush; signal: AbortSignal },
  ) {
    this.#session = session;
    this.#retry = retry;
    this.#repository = repository;
    this.#endpoint = endpoint;
    this.#blob = blob;
    this.#signal = signal;
  }

  /** @throws SelkieError REGISTRY_UNAUTHORIZED, FORBIDDEN, REGISTRY; TransportError; the signal's reason */
  async run(): Promise<PushOutcome> {
    if (await this.#exists()) return 'exists';
    let upload = await this.#begin(this.#blob.from);
    if (upload === undefined) return 'mounted';
    let furthest = 0;
    for (let barren = 1; ; barren++) {
      try {
        await this.#transfer(upload);
        return 'uploaded';
      } catch (error) {
        if (this.#signal.aborted || isSelkieError(error) || !(error instanceof TransportError)) throw error;
        if (barren >= this.#retry.attempts) throw error;
      }
      await sleep(backoff(this.#retry, barren), undefined, { signal: this.#signal });
      // The last answer may have been lost on its way.
      if (await this.#exists()) return 'uploaded';
      upload = (await this.#resumed(upload)) ?? (await this.#begin(undefined)) ?? upload;
      if (upload.offset > furthest) {
        furthest = upload.offset;
        barren = 0;
      }
    }
  }

  async #exists(): Promise<boolean> {
    const target = `/v2/${this.#endpoint.path}/blobs/${this.#blob.digest}`;
    const response = await this.#session.send(this.#endpoint, this.#call({ method: 'HEAD', target }), this.#signal);
    await response.body.dump();
    // A refusal has no words here; the next request is refused with some.
    return response.statusCode === 200;
  }

  /** Asks for an upload; undefined where the registry took the blob from its repository `from` instead. */
  async #begin(from: string | undefined): Promise<Upload | undefined> {
    const mount = from === undefined ? '' : `?${new URLSearchParams({ mount: this.#blob.digest, from })}`;
    const target = `/v2/${this.#endpoint.path}/blobs/uploads/${mount}`;
    const call = this.#call({
      method: 'POST',
      target,
      headers: { 'content-length': '0' },
      ...(from && { alsoPull: from }),
    });
    const response = await this.#session.send(this.#endpoint, call, this.#signal);
    // One that may not read the other repository can still send the blob.
    if (from !== undefined && (response.statusCode === 401 || response.statusCode === 403)) {
      await response.body.dump();
      return this.#begin(undefined);
    }
    if (response.statusCode === 201 && from !== undefined) {
      await response.body.dump();
      return undefined;
    }
    if (response.statusCode !== 202) throw await this.#failure(response);
    await response.body.dump();
    return { url: this.#location(response), offset: 0 };
  }

  async #transfer(upload: Upload): Promise<void> {
    const { size, digest } = this.#blob;
    const whole = size <= SMALL && upload.offset === 0;
    if (!whole && upload.offset < size) await this.#patch(upload);
    const url = new URL(upload.url);
    url.searchParams.set('digest', digest);
    const body = whole ? { body: () => this.#read(0) } : {};
    const headers = { ...BYTES, 'content-length': String(whole ? size : 0) };
    const response = await this.#once({ method: 'PUT', target: url, headers, ...body });
    if (response.statusCode !== 201 && response.statusCode !== 204) throw await this.#failure(response);
    await response.body.dump();
  }

  async #patch(upload: Upload): Promise<void> {
    const { offset } = upload;
    const { size } = this.#blob;
    const range: Record<string, string> = offset === 0 ? {} : { 'content-range': `${offset}-${size - 1}` };
    const response = await this.#once({
      method: 'PATCH',
      target: upload.url,
      headers: { ...BYTES, 'content-length': String(size - offset), ...range },
      body: () => this.#read(offset),
    });
    if (response.statusCode !== 202 && response.statusCode !== 204) throw await this.#failure(response);
    upload.url = this.#location(response);
    upload.offset = size;
    await response.body.dump();
  }

  /** Where an upload stands; undefined where the registry does not know it any more. */
  async #resumed(upload: Upload): Promise<Upload | undefined> {
    const response = await this.#session.send(
      this.#endpoint,
      this.#call({ method: 'GET', target: upload.url }),
      this.#signal,
    );
    await response.body.dump();
    const range = /^(?:bytes=)?0-(\d+)$/.exec(String(response.headers.range ?? ''));
    if (response.statusCode !== 204 || range === null) return undefined;
    // Of nothing received some say 0-0, which would also be one byte: what is sent twice would spoil the blob.
    const last = Number(range[1]);
    if (last === 0 || last >= this.#blob.size) return undefined;
    return { url: response.headers.location === undefined ? upload.url : this.#location(response), offset: last + 1 };
  }

  /** A request that is not repeated as it is. Troubles that pass count as a broken transfer. */
  async #once(call: Omit<Call, 'actions'>): Promise<HttpResponse> {
    const response = await this.#session.sendOnce(this.#endpoint, this.#call(call), this.#signal);
    const { statusCode } = response;
    if (statusCode < 500 && statusCode !== 408 && statusCode !== 416 && statusCode !== 429) return response;
    const failure = await this.#failure(response);
    throw new TransportError(failure.message, true, { cause: failure });
  }

  async *#read(offset: number): AsyncGenerator<Uint8Array> {
    let sent = offset;
    for await (const chunk of this.#blob.open(offset)) {
      yield chunk;
      sent += chunk.length;
      this.#blob.onProgress?.(sent);
    }
  }

  #call(call: Omit<Call, 'actions'>): Call {
    return { ...call, actions: 'pull,push' };
  }

  #location(response: HttpResponse): URL {
    const { location } = response.headers;
    if (typeof location !== 'string') throw new TypeError(`${this.#endpoint.host} does not say where to upload to`);
    return this.#session.resolve(this.#endpoint, location);
  }

  #failure(response: HttpResponse) {
    return toPushFailure(response, this.#repository);
  }
}
