import type { Authorizer, Grant } from './authorizer.ts';
import { parseChallenges } from './challenge.ts';
import type { Endpoint } from './endpoints.ts';
import { TransportError, toTransportError } from './failure.ts';
import type { HttpClient, HttpRequest, HttpResponse } from './http-client.ts';
import { type RetryPolicy, withRetries } from './retry.ts';

type Scheme = 'https' | 'http';

export interface Call {
  readonly method: HttpRequest['method'];
  /** On the endpoint's host, or a whole address that the registry has named. */
  readonly target: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: HttpRequest['body'];
  /** What the token has to allow; `pull` where undefined. */
  readonly actions?: 'pull' | 'pull,push';
  /** Another repository that must be readable too. */
  readonly alsoPull?: string;
}

/** Requests to a registry: chooses the scheme, answers its challenge once and retries what passes. */
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
    return this.send(endpoint, { method: 'GET', target: path, headers }, signal);
  }

  /** As {@link get}, for a request that may be sent again. */
  send(endpoint: Endpoint, call: Call, signal: AbortSignal): Promise<HttpResponse> {
    return withRetries(this.#retry, signal, () => this.sendOnce(endpoint, call, signal));
  }

  /** As {@link get}, for a request whose failure the caller has to look into. */
  async sendOnce(endpoint: Endpoint, call: Call, signal: AbortSignal): Promise<HttpResponse> {
    if (call.target instanceof URL) return this.#authorized(endpoint, call.target, call, signal);
    const [preferred, fallback] = this.#schemes(endpoint);
    try {
      return await this.#over(preferred, endpoint, call.target, call, signal);
    } catch (error) {
      if (!signal.aborted) this.#answered.delete(endpoint.host);
      if (fallback === undefined || signal.aborted || !(error instanceof TransportError)) throw error;
      return await this.#over(fallback, endpoint, call.target, call, signal);
    }
  }

  /** An address the registry names in an answer. A host that speaks TLS is not left for plain http: its proxy only did not tell it. */
  resolve(endpoint: Endpoint, location: string): URL {
    const scheme = this.#answered.get(endpoint.host) ?? 'https';
    const url = new URL(location, `${scheme}://${endpoint.host}`);
    if (url.host === endpoint.host && scheme === 'https') url.protocol = 'https:';
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && endpoint.insecure)) {
      throw new TypeError(`${endpoint.host} names an address that is not acceptable: ${url.origin}`);
    }
    return url;
  }

  async #over(
    scheme: Scheme,
    endpoint: Endpoint,
    path: string,
    call: Call,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    const url = new URL(`${scheme}://${endpoint.host}${path}`);
    const response = await this.#authorized(endpoint, url, call, signal);
    this.#answered.set(endpoint.host, scheme);
    return response;
  }

  /** Plain http only where it is allowed, and there only after TLS did not answer. */
  #schemes(endpoint: Endpoint): [Scheme, Scheme?] {
    if (!endpoint.insecure) return ['https'];
    const answered = this.#answered.get(endpoint.host);
    return answered === undefined ? ['https', 'http'] : [answered];
  }

  async #authorized(endpoint: Endpoint, url: URL, call: Call, signal: AbortSignal): Promise<HttpResponse> {
    // Another host gets no credentials.
    if (url.host !== endpoint.host) return this.#send(endpoint, url, call, undefined, signal);
    const grant = grantOf(endpoint, url, call);
    const known = this.#authorizer.known(grant);
    const first = await this.#send(endpoint, url, call, known, signal);
    if (first.statusCode !== 401) return first;
    const challenges = parseChallenges(first.headers['www-authenticate']);
    const answer = await this.#authorizer.answer(grant, challenges, signal);
    // A second refusal is final: whoever asks in circles gets no third answer.
    if (answer === undefined) return first;
    await first.body.dump();
    return this.#send(endpoint, url, call, answer, signal);
  }

  async #send(
    endpoint: Endpoint,
    url: URL,
    { method, headers, body }: Call,
    authorization: string | undefined,
    signal: AbortSignal,
  ): Promise<HttpResponse> {
    try {
      return await this.#http.send({
        method,
        url,
        headers: { ...headers, ...(authorization !== undefined && { authorization }) },
        ...(body !== undefined && { body }),
        insecure: endpoint.insecure,
        signal,
      });
    } catch (error) {
      signal.throwIfAborted();
      const verb = method.charAt(0) + method.slice(1).toLowerCase();
      throw toTransportError(error, `${verb} "${url.origin}${url.pathname}"`);
    }
  }
}

function grantOf(endpoint: Endpoint, url: URL, { actions = 'pull', alsoPull }: Call): Grant {
  const scopes = endpoint.path === '' ? [] : [`repository:${endpoint.path}:${actions}`];
  if (alsoPull !== undefined) scopes.push(`repository:${alsoPull}:pull`);
  return {
    origin: url.origin,
    insecure: endpoint.insecure,
    ...(scopes.length > 0 && { scope: scopes.join(' ') }),
    ...(endpoint.credentials !== undefined && { credentials: endpoint.credentials }),
  };
}
