import { setTimeout as sleep } from 'node:timers/promises';
import { isSelkieError, SelkieError } from '@selkie/contract';
import { parseDigest, sha256, verify } from '../../images/digest.ts';
import { JsonObject } from '../../images/json.ts';
import { MANIFEST_TYPES } from '../../images/media-types.ts';
import type {
  BlobToPush,
  FetchedManifest,
  PushOutcome,
  Registry,
  RegistryCredentials,
  Repository,
} from '../../ports/registry.ts';
import { Authorizer } from './authorizer.ts';
import { type Endpoint, endpointsFor } from './endpoints.ts';
import { toFailure, toPushFailure, toSelkieError } from './failure.ts';
import { HttpClient, type HttpResponse, type HttpTimeouts, readBody } from './http-client.ts';
import type { RegistriesConf } from './registries-conf.ts';
import { backoff, type RetryPolicy } from './retry.ts';
import { type Call, Session } from './session.ts';
import { BlobUpload } from './upload.ts';

export interface RegistryOptions {
  /** Called for every request, so that a reload counts at once. */
  readonly conf: () => RegistriesConf;
  readonly insecureRegistries?: readonly string[];
  readonly timeouts?: Partial<HttpTimeouts>;
  readonly retry?: Partial<RetryPolicy>;
}

const TIMEOUTS: HttpTimeouts = { connect: 15_000, headers: 60_000, stall: 30_000 };
const RETRY: RetryPolicy = { attempts: 5, backoff: 500, maxDelay: 60_000 };
const MANIFEST_LIMIT = 4 * 1024 * 1024;
const TAGS_PER_PAGE = 1000;
const TAG_PAGES = 100;

/** The distribution API over HTTP. */
export class DistributionRegistry implements Registry {
  readonly #options: RegistryOptions;
  readonly #http: HttpClient;
  readonly #session: Session;
  readonly #retry: RetryPolicy;

  constructor(options: RegistryOptions) {
    this.#options = options;
    this.#retry = { ...RETRY, ...options.retry };
    this.#http = new HttpClient({ ...TIMEOUTS, ...options.timeouts });
    this.#session = new Session(this.#http, new Authorizer(this.#http, this.#retry), this.#retry);
  }

  manifest(repository: Repository, reference: string, signal: AbortSignal): Promise<FetchedManifest> {
    const byDigest = parseDigest(reference) !== undefined;
    return this.#firstOf(repository, byDigest, signal, async (endpoint) => {
      const { response, bytes } = await this.#document(repository, endpoint, reference, signal);
      const digest = byDigest ? reference : digestOf(bytes, response);
      verify(`${repository.host}/${repository.path}@${reference}`, bytes, digest);
      return { bytes, digest, mediaType: mediaTypeOf(response) };
    });
  }

  blob(
    repository: Repository,
    digest: string,
    offset: number,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>> {
    return this.#firstOf(repository, true, signal, async (endpoint) => {
      const first = await this.#openBlob(repository, endpoint, digest, offset, signal);
      return this.#resuming(first, offset, (at) => this.#openBlob(repository, endpoint, digest, at, signal), signal);
    });
  }

  tags(repository: Repository, signal: AbortSignal): Promise<string[]> {
    return this.#firstOf(repository, false, signal, async (endpoint) => {
      const tags: string[] = [];
      let next: string | undefined = `/v2/${endpoint.path}/tags/list?n=${TAGS_PER_PAGE}`;
      for (let page = 0; next !== undefined; page++) {
        if (page === TAG_PAGES) {
          throw new SelkieError('REGISTRY', { reason: `${endpoint.host} lists more tags than anybody could want` });
        }
        const response = await this.#session.get(endpoint, next, {}, signal);
        if (response.statusCode !== 200) throw await this.#failure(response, repository, endpoint);
        const bytes = await readBody(response, MANIFEST_LIMIT);
        tags.push(...tagsOf(endpoint.host, bytes));
        next = nextPage(response);
      }
      return tags;
    });
  }

  async pushBlob(repository: Repository, blob: BlobToPush, signal: AbortSignal): Promise<PushOutcome> {
    const endpoint = this.#writable(repository);
    try {
      return await new BlobUpload(this.#session, this.#retry, { repository, endpoint, blob, signal }).run();
    } catch (error) {
      throw toSelkieError(error, signal);
    }
  }

  async pushManifest(
    repository: Repository,
    reference: string,
    { mediaType, bytes, digest }: FetchedManifest,
    signal: AbortSignal,
  ): Promise<void> {
    const endpoint = this.#writable(repository);
    const target = `/v2/${endpoint.path}/manifests/${reference}`;
    const headers = { 'content-type': mediaType, 'content-length': String(bytes.length) };
    const call: Call = { method: 'PUT', target, headers, body: bytes, actions: 'pull,push' };
    try {
      const response = await this.#session.send(endpoint, call, signal);
      if (response.statusCode !== 201) throw await toPushFailure(response, repository);
      await response.body.dump();
      const stored = response.headers['docker-content-digest'];
      if (typeof stored === 'string' && stored !== digest) {
        const name = `${repository.host}/${repository.path}:${reference}`;
        throw new SelkieError('DIGEST_MISMATCH', { name, actual: stored, expected: digest });
      }
    } catch (error) {
      throw toSelkieError(error, signal);
    }
  }

  /** Mirrors are only read. */
  #writable(repository: Repository): Endpoint {
    const { conf, insecureRegistries = [] } = this.#options;
    const endpoint = endpointsFor({ conf: conf(), insecureRegistries }, repository, false).at(-1);
    if (endpoint === undefined) throw new SelkieError('INTERNAL', { reason: `no endpoint for ${repository.host}` });
    return endpoint;
  }

  /**
   * Tries credentials on a registry (`login`).
   * @throws SelkieError REGISTRY_UNAUTHORIZED, REGISTRY, CANCELLED
   */
  async login(host: string, credentials: RegistryCredentials, signal: AbortSignal): Promise<void> {
    const repository: Repository = { host, path: '', credentials };
    await this.#firstOf(repository, true, signal, async (endpoint) => {
      const response = await this.#session.get(endpoint, '/v2/', {}, signal);
      if (response.statusCode !== 200) throw await this.#failure(response, repository, endpoint);
      await response.body.dump();
    });
  }

  /** Drops every connection. */
  close(): Promise<void> {
    return this.#http.close();
  }

  /** Asks mirrors first and tells the last place's error, which is the registry's own. */
  async #firstOf<R>(
    repository: Repository,
    byDigest: boolean,
    signal: AbortSignal,
    ask: (endpoint: Endpoint) => Promise<R>,
  ): Promise<R> {
    const { conf, insecureRegistries = [] } = this.#options;
    let failure: unknown;
    for (const endpoint of endpointsFor({ conf: conf(), insecureRegistries }, repository, byDigest)) {
      try {
        signal.throwIfAborted();
        return await ask(endpoint);
      } catch (error) {
        failure = error;
        if (signal.aborted) break;
      }
    }
    throw toSelkieError(failure, signal);
  }

  async #openBlob(
    repository: Repository,
    endpoint: Endpoint,
    digest: string,
    offset: number,
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>> {
    const headers: Record<string, string> = offset > 0 ? { range: `bytes=${offset}-` } : {};
    const response = await this.#session.get(endpoint, `/v2/${endpoint.path}/blobs/${digest}`, headers, signal);
    switch (response.statusCode) {
      case 200:
        return skip(response.body, offset);
      case 206:
        if (rangeStart(response) !== offset) {
          response.body.destroy();
          throw new SelkieError('REGISTRY', { reason: `${endpoint.host} answered another range than asked for` });
        }
        return response.body;
      case 416:
        // Nothing is left behind the offset.
        await response.body.dump();
        return nothing();
      default:
        throw await this.#failure(response, repository, endpoint);
    }
  }

  /** Goes on where a broken transfer ended; gives up after as many attempts without a single byte as the policy has. */
  async *#resuming(
    first: AsyncIterable<Uint8Array>,
    offset: number,
    reopen: (offset: number) => Promise<AsyncIterable<Uint8Array>>,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    let body = first;
    let at = offset;
    for (let barren = 0; ; ) {
      try {
        for await (const chunk of body) {
          at += chunk.length;
          barren = 0;
          yield chunk;
        }
        return;
      } catch (error) {
        barren++;
        if (signal.aborted || barren >= this.#retry.attempts || isSelkieError(error)) {
          throw toSelkieError(error, signal);
        }
      }
      try {
        await sleep(backoff(this.#retry, barren), undefined, { signal });
        body = await reopen(at);
      } catch (error) {
        throw toSelkieError(error, signal);
      }
    }
  }

  /** A manifest's answer with its body; one that breaks off is asked for again. */
  async #document(
    repository: Repository,
    endpoint: Endpoint,
    reference: string,
    signal: AbortSignal,
  ): Promise<{ response: HttpResponse; bytes: Buffer }> {
    const path = `/v2/${endpoint.path}/manifests/${reference}`;
    const headers = { accept: MANIFEST_TYPES.join(', ') };
    for (let tried = 1; ; tried++) {
      const response = await this.#session.get(endpoint, path, headers, signal);
      if (response.statusCode !== 200) throw await this.#failure(response, repository, endpoint, reference);
      try {
        return { response, bytes: await readBody(response, MANIFEST_LIMIT) };
      } catch (error) {
        if (signal.aborted || isSelkieError(error) || tried >= this.#retry.attempts) throw error;
      }
      await sleep(backoff(this.#retry, tried), undefined, { signal });
    }
  }

  #failure(
    response: HttpResponse,
    repository: Repository,
    endpoint: Endpoint,
    reference?: string,
  ): Promise<SelkieError> {
    const authenticated = endpoint.credentials !== undefined;
    return toFailure(response, { repository, authenticated, ...(reference !== undefined && { reference }) });
  }
}

function tagsOf(host: string, bytes: Buffer): string[] {
  try {
    return new JsonObject(JSON.parse(bytes.toString('utf8')), 'tags').strings('tags') ?? [];
  } catch (cause) {
    throw new SelkieError('REGISTRY', { reason: `${host} lists tags in a way nobody understands` }, { cause });
  }
}

/** Path of the next page, which is on the same host whatever the link says. */
function nextPage(response: HttpResponse): string | undefined {
  const link = /<([^>]+)>;\s*rel="?next"?/.exec(String(response.headers.link ?? ''))?.[1];
  if (link === undefined) return undefined;
  const { pathname, search } = new URL(link, 'http://registry');
  return pathname + search;
}

/** A registry that says which digest its answer has is held to it. */
function digestOf(bytes: Uint8Array, response: HttpResponse): string {
  const header = response.headers['docker-content-digest'];
  return typeof header === 'string' && parseDigest(header) !== undefined ? header : sha256(bytes);
}

function mediaTypeOf(response: HttpResponse): string {
  const header = response.headers['content-type'];
  return typeof header === 'string' ? (header.split(';')[0]?.trim() ?? '') : '';
}

function rangeStart(response: HttpResponse): number | undefined {
  const match = /^bytes (\d+)-/.exec(String(response.headers['content-range'] ?? ''));
  return match === null ? undefined : Number(match[1]);
}

/** A registry that does not know ranges sends everything: what is here already is passed over. */
async function* skip(body: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const chunk of body) {
    if (left >= chunk.length) left -= chunk.length;
    else {
      yield left > 0 ? chunk.subarray(left) : chunk;
      left = 0;
    }
  }
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
