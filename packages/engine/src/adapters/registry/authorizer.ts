import { createHash } from 'node:crypto';
import { SelkieError } from '@selkie/contract';
import type { RegistryCredentials } from '../../ports/registry.ts';
import type { Challenge } from './challenge.ts';
import { toTransportError } from './failure.ts';
import { type HttpClient, type HttpRequest, type HttpResponse, readBody } from './http-client.ts';
import { type RetryPolicy, withRetries } from './retry.ts';

/** A request that needs authorisation: where, as whom, and for what. */
export interface Grant {
  readonly origin: string;
  readonly scope?: string;
  readonly credentials?: RegistryCredentials;
  readonly insecure: boolean;
}

const CLIENT_ID = 'selkie';
/** Lifetime of a token whose server does not say, as the token specification has it. */
const DEFAULT_LIFETIME = 60;
/** A token this close to its end is not used any more: the request has to get there. */
const MARGIN = 10_000;
const CACHE_SIZE = 1000;
const BODY_LIMIT = 1024 * 1024;

/** Answers a registry's challenges (Basic, and Bearer tokens of a token server) and remembers the answers. */
export class Authorizer {
  readonly #http: HttpClient;
  readonly #cache = new Map<string, { header: string; expires: number }>();

  readonly #retry: RetryPolicy;

  constructor(http: HttpClient, retry: RetryPolicy) {
    this.#http = http;
    this.#retry = retry;
  }

  /** The Authorization header an earlier challenge of the same grant led to. */
  known(grant: Grant): string | undefined {
    const { registryToken } = grant.credentials ?? {};
    if (registryToken !== undefined) return `Bearer ${registryToken}`;
    const entry = this.#cache.get(cacheKey(grant));
    return entry !== undefined && entry.expires - MARGIN > Date.now() ? entry.header : undefined;
  }

  /**
   * The Authorization header for a challenge, or undefined where we have nothing to answer it with.
   * @throws SelkieError REGISTRY_UNAUTHORIZED, REGISTRY; the transport's error
   */
  async answer(grant: Grant, challenges: readonly Challenge[], signal: AbortSignal): Promise<string | undefined> {
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    if (bearer !== undefined && grant.credentials?.registryToken === undefined) {
      const granted = await this.#token(grant, bearer, signal);
      if (granted === undefined) return undefined;
      const { token, lifetime } = granted;
      return this.#remember(grant, `Bearer ${token}`, Date.now() + lifetime * 1000);
    }
    const { username, password } = grant.credentials ?? {};
    if (challenges.some(({ scheme }) => scheme === 'basic') && username !== undefined && password !== undefined) {
      return this.#remember(grant, basic(username, password), Number.POSITIVE_INFINITY);
    }
    return undefined;
  }

  #remember(grant: Grant, header: string, expires: number): string {
    const key = cacheKey(grant);
    this.#cache.delete(key);
    this.#cache.set(key, { header, expires });
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > CACHE_SIZE && oldest !== undefined) this.#cache.delete(oldest);
    return header;
  }

  /** Undefined where the token server does not want to deal with nobody in particular. */
  async #token(grant: Grant, challenge: Challenge, signal: AbortSignal): Promise<Token | undefined> {
    const realm = realmOf(challenge, grant);
    const { service, scope: asked } = challenge.parameters;
    const scope = grant.scope ?? asked;
    const parameters = { ...(service !== undefined && { service }), ...(scope !== undefined && { scope }) };
    const { username, identityToken } = grant.credentials ?? {};
    const response = await this.#ask(tokenRequest(realm, parameters, grant, signal));
    const anonymous = username === undefined && identityToken === undefined;
    if (anonymous && (response.statusCode === 401 || response.statusCode === 403)) {
      await response.body.dump();
      return undefined;
    }
    return parseToken(response, realm);
  }

  async #ask(request: HttpRequest): Promise<HttpResponse> {
    const where = `token server ${request.url.origin}${request.url.pathname}`;
    try {
      return await withRetries(this.#retry, request.signal, async () => {
        try {
          return await this.#http.send(request);
        } catch (error) {
          throw toTransportError(error, where);
        }
      });
    } catch (cause) {
      request.signal.throwIfAborted();
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new SelkieError('REGISTRY', { reason }, { cause });
    }
  }
}

interface Token {
  readonly token: string;
  /** Seconds. */
  readonly lifetime: number;
}

/** A refresh token goes in a POST's body, a password in a GET's header. */
function tokenRequest(
  realm: URL,
  parameters: { readonly service?: string; readonly scope?: string },
  { credentials = {}, insecure }: Grant,
  signal: AbortSignal,
): HttpRequest {
  const { username, password, identityToken } = credentials;
  if (identityToken !== undefined) {
    const form = { ...parameters, grant_type: 'refresh_token', refresh_token: identityToken, client_id: CLIENT_ID };
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return { method: 'POST', url: realm, headers, body: new URLSearchParams(form).toString(), insecure, signal };
  }
  const url = new URL(realm);
  const { scope, ...others } = parameters;
  for (const [name, value] of Object.entries(others)) url.searchParams.set(name, value);
  for (const one of scope?.split(' ') ?? []) url.searchParams.append('scope', one);
  if (username === undefined || password === undefined) return { method: 'GET', url, headers: {}, insecure, signal };
  url.searchParams.set('account', username);
  return { method: 'GET', url, headers: { authorization: basic(username, password) }, insecure, signal };
}

/** A password must not leave a verified registry towards a plain token server. */
function realmOf(challenge: Challenge, grant: Grant): URL {
  const text = challenge.parameters.realm ?? '';
  const realm = URL.canParse(text) ? new URL(text) : undefined;
  const allowed = realm?.protocol === 'https:' || (realm?.protocol === 'http:' && grant.insecure);
  if (realm === undefined || !allowed) {
    throw new SelkieError('REGISTRY', { reason: `${grant.origin}: token server "${text}" is not acceptable` });
  }
  return realm;
}

async function parseToken(response: HttpResponse, realm: URL): Promise<Token> {
  const status = response.statusCode;
  const where = `${realm.origin}${realm.pathname}`;
  if (status === 401 || status === 403) {
    await response.body.dump();
    throw new SelkieError('REGISTRY_UNAUTHORIZED', { reason: `unauthorized: ${where} refused the credentials` });
  }
  if (status !== 200) {
    await response.body.dump();
    throw new SelkieError('REGISTRY', { reason: `${where}: token server answered ${status}` });
  }
  const body: unknown = JSON.parse((await readBody(response, BODY_LIMIT)).toString('utf8'));
  const fields = typeof body === 'object' && body !== null ? new Map<string, unknown>(Object.entries(body)) : new Map();
  const token: unknown = fields.get('token') || fields.get('access_token');
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) {
    throw new SelkieError('REGISTRY', { reason: `${where}: token server gave no token` });
  }
  const lifetime: unknown = fields.get('expires_in');
  // Less than the default is not honoured, so that a server's zero does not make every request fetch a token.
  return { token, lifetime: Math.max(typeof lifetime === 'number' ? lifetime : 0, DEFAULT_LIFETIME) };
}

function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

function cacheKey({ origin, scope, credentials }: Grant): string {
  const { username, password, identityToken } = credentials ?? {};
  // The cache outlives the request: it keeps no password in its keys.
  const who = createHash('sha256')
    .update(JSON.stringify([username, password, identityToken]))
    .digest('hex');
  return JSON.stringify([origin, scope, who]);
}
