import type { RegistryCredentials } from '@selkie/engine/ports/registry';
import { invalid } from './refuse.ts';

/** What clients send credentials in: for one registry, or for each its own. */
export interface AuthHeaders {
  readonly 'x-registry-auth'?: string | undefined;
  readonly 'x-registry-config'?: string | undefined;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Credentials by registry. Either header is base64 (URL or standard alphabet) of an AuthConfig or of a map from host to one; the config
 * header wins. Empty and `null` mean none.
 * @throws SelkieError INVALID_PARAMETER
 */
export function registryCredentials(headers: AuthHeaders): (registry: string) => RegistryCredentials | undefined {
  const config = decode('X-Registry-Config', headers['x-registry-config']);
  const given = config ?? decode('X-Registry-Auth', headers['x-registry-auth']);
  if (given === undefined) return () => undefined;
  return (registry) => credentials(isAuthConfig(given) ? given : (byHost(given, registry) ?? {}));
}

function decode(name: string, header: string | undefined): Json | undefined {
  if (!header) return undefined;
  const value = parseJson(name, Buffer.from(header, 'base64url').toString('utf8'));
  if (value === null) return undefined;
  return isObject(value) ? value : invalid(`invalid ${name} header: not an object`);
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return invalid(`invalid ${name} header: not base64 of JSON`);
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAuthConfig(value: Json): boolean {
  return !Object.values(value).some(isObject);
}

function byHost(map: Json, host: string): Json | undefined {
  const found =
    Object.entries(map).find(([key]) => registryHost(key) === host) ?? Object.entries(map).find(([key]) => key === '');
  return isObject(found?.[1]) ? found[1] : undefined;
}

/** The registry of an address that may carry a scheme and a path; Docker Hub has three names. */
export function registryHost(address: string): string {
  const bare = address.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  return bare === 'index.docker.io' || bare === 'registry-1.docker.io' ? 'docker.io' : bare;
}

/** An AuthConfig; undefined where it holds nothing to log in with. */
export function credentials(config: Json): RegistryCredentials | undefined {
  const text = (key: string) => (typeof config[key] === 'string' && config[key] !== '' ? config[key] : undefined);
  const [fromAuth, ...rest] = Buffer.from(text('auth') ?? '', 'base64')
    .toString('utf8')
    .split(':');
  const username = text('username') ?? (fromAuth || undefined);
  const password = text('password') ?? (rest.length > 0 ? rest.join(':') : undefined);
  const [identityToken, registryToken] = [text('identitytoken'), text('registrytoken')];
  if (username === undefined && identityToken === undefined && registryToken === undefined) return undefined;
  return {
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...(identityToken === undefined ? {} : { identityToken }),
    ...(registryToken === undefined ? {} : { registryToken }),
  };
}
