import type { RegistryCredentials } from '@selkie/engine/ports/registry';
import { invalid } from './refuse.ts';

/**
 * The X-Registry-Auth header: base64 (URL or standard alphabet) of an AuthConfig, or, as podman sends it, of a map from host to one.
 * Empty and `null` mean none. @throws SelkieError INVALID_PARAMETER
 */
export function registryAuth(header: string | undefined, host: string): RegistryCredentials | undefined {
  if (!header) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(header, 'base64url').toString('utf8'));
  } catch {
    return invalid('invalid X-Registry-Auth header: not base64 of JSON');
  }
  if (value === null) return undefined;
  if (!isObject(value)) return invalid('invalid X-Registry-Auth header: not an object');
  const config = isAuthConfig(value) ? value : (byHost(value, host) ?? {});
  return credentials(config);
}

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAuthConfig(value: Json): boolean {
  return !Object.values(value).some(isObject);
}

/** Keys may carry a scheme and a path; Docker Hub has three names. */
function byHost(map: Json, host: string): Json | undefined {
  const plain = (key: string) => {
    const bare = key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
    return bare === 'index.docker.io' || bare === 'registry-1.docker.io' ? 'docker.io' : bare;
  };
  const found =
    Object.entries(map).find(([key]) => plain(key) === host) ?? Object.entries(map).find(([key]) => key === '');
  return isObject(found?.[1]) ? found[1] : undefined;
}

function credentials(config: Json): RegistryCredentials | undefined {
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
