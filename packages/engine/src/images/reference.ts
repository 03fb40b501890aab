import { SelkieError } from '@selkie/contract';

/** A name in the distribution grammar. Without a domain it is a short name, which a {@link ShortNames} completes. */
export interface Reference {
  readonly domain?: string;
  readonly path: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** A reference that says which registry it is in. */
export interface FullReference extends Reference {
  readonly domain: string;
}

const DOCKER_HUB = 'docker.io';
const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const label = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const HOST = new RegExp(`^(?:${label}(?:\\.${label})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const PATH = new RegExp(`^${component}(?:/${component})*$`);
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const DIGEST_HEX: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };
const NAME_MAX = 255;

/**
 * Parses `[domain/]path[:tag][@digest]`. The first component is a domain where it has a dot, a port or an upper-case letter, or is `localhost`.
 * @throws SelkieError INVALID_PARAMETER
 */
export function parseReference(text: string): Reference {
  const [named = '', digest, ...more] = text.split('@');
  if (more.length > 0 || (digest !== undefined && !validDigest(digest))) throw invalid();
  const slash = named.indexOf('/');
  const first = named.slice(0, Math.max(slash, 0));
  const isDomain = slash > 0 && (/[.:A-Z]/.test(first) || first === 'localhost');
  if (isDomain && !HOST.test(first)) throw invalid();
  const rest = isDomain ? named.slice(slash + 1) : named;
  const colon = rest.indexOf(':');
  const path = colon < 0 ? rest : rest.slice(0, colon);
  const tag = colon < 0 ? undefined : rest.slice(colon + 1);
  if (tag !== undefined && !TAG.test(tag)) throw invalid();
  if (!PATH.test(path)) {
    throw invalid(PATH.test(path.toLowerCase()) ? `repository name (${path}) must be lowercase` : undefined);
  }
  if (path.length > NAME_MAX) throw invalid(`repository name must not be more than ${NAME_MAX} characters`);
  if (!isDomain && tag === undefined && digest === undefined && /^[a-f0-9]{64}$/.test(path)) {
    throw invalid(`invalid repository name (${path}), cannot specify 64-byte hexadecimal strings`);
  }
  return { ...(isDomain && { domain: first }), path, ...(tag && { tag }), ...(digest && { digest }) };
}

function validDigest(digest: string): boolean {
  const [algorithm = '', hex = ''] = digest.split(':');
  const length = DIGEST_HEX[algorithm];
  return DIGEST.test(digest) && (length === undefined || (hex.length === length && hex === hex.toLowerCase()));
}

function invalid(detail?: string): SelkieError<'INVALID_PARAMETER'> {
  const reason = detail === undefined ? 'invalid reference format' : `invalid reference format: ${detail}`;
  return new SelkieError('INVALID_PARAMETER', { reason });
}

/** Completes a name as the Docker API does: what names no registry is on Docker Hub, and there `x` is `library/x`. */
export function onDockerHub(reference: Reference): FullReference {
  const { domain = DOCKER_HUB, path } = reference;
  if (domain !== DOCKER_HUB && domain !== 'index.docker.io') return { ...reference, domain };
  return { ...reference, domain: DOCKER_HUB, path: path.includes('/') ? path : `library/${path}` };
}

/** Parses a name in the Docker API's reading. @throws SelkieError INVALID_PARAMETER */
export function parseDockerReference(text: string): FullReference {
  return onDockerHub(parseReference(text));
}

/** Adds `:latest` where there is neither a tag nor a digest. */
export function withDefaultTag<R extends Reference>(reference: R): R {
  return reference.tag === undefined && reference.digest === undefined ? { ...reference, tag: 'latest' } : reference;
}

/** `domain/path`, without tag and digest. */
export function repositoryName(reference: Reference): string {
  return reference.domain === undefined ? reference.path : `${reference.domain}/${reference.path}`;
}

/** The whole reference as text. */
export function formatReference(reference: Reference): string {
  const { tag, digest } = reference;
  return `${repositoryName(reference)}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** The short form the Docker API shows: no `docker.io/`, no `library/`. */
export function familiar(reference: FullReference): string {
  return formatReference(familiarReference(reference));
}

/** As {@link familiar}, without tag and digest. */
export function familiarName(reference: FullReference): string {
  return repositoryName(familiarReference(reference));
}

function familiarReference(reference: FullReference): Reference {
  if (reference.domain !== DOCKER_HUB) return reference;
  const { domain: _, path, ...rest } = reference;
  // `library/a/b` keeps its prefix: without it the name would read as another repository.
  const short = path.startsWith('library/') && !path.slice(8).includes('/') ? path.slice(8) : path;
  return { path: short, ...rest };
}

/** Parses a name this engine stored, which is always full. */
export function parseStored(name: string): FullReference {
  return onDockerHub(parseReference(name));
}
