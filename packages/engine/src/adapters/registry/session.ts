import type { Authorizer, Grant } from './authorizer.ts';
import { parseChallenges } from './challenge.ts';
import type { Endpoint } from './endpoints.ts';
import { TransportError, toTransportError } from './failure.ts';
import type { HttpClient, HttpResponse } from './http-client.ts';
import { type RetryPolicy, withRetries } from './retry.ts';

type Scheme = 'https' | 'http';

/** GET on a registry: chooses the scheme, answers its challenge once and retries what passes. */
export class Session {
  readonly #http: HttpClient;
  readonly #authorizer: Authorizer;
  readonly #retry: RetryPolicy;
  /** What a host answered on last. */
  readonly #answered = new Map<string, Scheme>();

  constructor(http: HttpClient, authorizer: Authorizer, retry: RetryPolicy) {
    this.#http = http;
    this.#authorizer = authorizer;
    this.#retry = retry;
  }

  /** @returns any answer, a refusal too. @throws TransportError, SelkieError of the authorizer, the signal's reason */
  get(
    endpoint: Endpoint,
    path: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    return withRetries(this.#retry, signal, () => this.#anyScheme(endpoint, path, headers, signal));
  }

  async #anyScheme(
    endpoint: Endpoint,
    path: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    const [preferred, fallback] = this.#schemes(endpoint);
    try {
      return await this.#over(preferred, endpoint, path, headers, signal);
    } catch (error) {
      if (!signal.aborted) this.#answered.delete(endpoint.host);
      if (fallback === undefined || signal.aborted || !(error instanceof TransportError)) throw error;
      return await this.#over(fallback, endpoint, path, headers, signal);
    }
  }

  async #over(
    scheme: Scheme,
    endpoint: Endpoint,
    path: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    const url = new URL(`${scheme}://${endpoint.host}${path}`);
    const response = await this.#authorized(endpoint, url, headers, signal);
    this.#answered.set(endpoint.host, scheme);
    return response;
  }

  /** Plain http only where it is allowed, and there only after TLS did not answer. */
  #schemes(endpoint: Endpoint): [Scheme, Scheme?] {
    if (!endpoint.insecure) return ['https'];
    const answered = this.#answered.get(endpoint.host);
    return answered === undefined ? ['https', 'http'] : [answered];
  }

  async #authorized(
    endpoint: Endpoint,
    url: URL,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    const grant: Grant = {
      origin: url.origin,
      insecure: endpoint.insecure,
      ...(endpoint.path !== '' && { scope: `repository:${endpoint.path}:pull` }),
      ...(endpoint.credentials !== undefined && { credentials: endpoint.credentials }),
    };
    const known = this.#authorizer.known(grant);
    const first = await this.#send(endpoint, url, withAuthorization(headers, known), signal);
    if (first.statusCode !== 401) return first;
    const challenges = parseChallenges(first.headers['www-authenticate']);
    const answer = await this.#authorizer.answer(grant, challenges, signal);
    // A second refusal is final: whoever asks in circles gets no third answer.
    if (answer === undefined) return first;
    await first.body.dump();
    return this.#send(endpoint, url, withAuthorization(headers, answer), signal);
  }

  async #send(
    endpoint: Endpoint,
    url: URL,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    try {
      return await this.#http.send({ method: 'GET', url, headers, insecure: endpoint.insecure, signal });
    } catch (error) {
      signal.throwIfAborted();
      throw toTransportError(error, `Get "${url.origin}${url.pathname}"`);
    }
  }
}

function withAuthorization(
  headers: Readonly<Record<string, string>>,
  authorization: string | undefined,
): Record<string, string> {
  return { ...headers, ...(authorization !== undefined && { authorization }) };
}
