import { ConnectionError } from '../errors.ts';

/** Where a service listens. */
export type Address =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  /** `path` is the service's socket on that host. */
  | { readonly kind: 'ssh'; readonly destination: string; readonly port: number | undefined; readonly path: string };

const DEFAULT_SOCKET = '/run/selkie/selkie.sock';
const DEFAULT_PORT = 2375;

/**
 * Reads `unix:///path`, `tcp://host:port` or `ssh://[user@]host[:port][/path]`.
 * @throws ConnectionError where it is none of them
 */
export function parseAddress(url: string): Address {
  const [, scheme = '', rest = ''] = /^(\w+):\/\/(.*)$/.exec(url) ?? [];
  switch (scheme) {
    case 'unix':
      if (rest.startsWith('/')) return { kind: 'unix', path: decodeURI(rest) };
      throw new ConnectionError(url, 'a socket is given by its absolute path, as in unix:///run/selkie/selkie.sock');
    case 'tcp':
    case 'ssh':
      return overNetwork(scheme, url);
    default:
      throw new ConnectionError(url, 'the address must begin with unix://, tcp:// or ssh://');
  }
}

function overNetwork(kind: 'tcp' | 'ssh', url: string): Address {
  const parsed = URL.parse(url.replace(/^\w+:/, 'http:'));
  if (parsed === null || parsed.hostname === '') throw new ConnectionError(url, 'there is no host in it');
  // The parser takes port 80 for http's own and drops it.
  const port = Number(/:(\d+)(?=$|[/?#])/.exec(url.slice(kind.length + 3))?.[1]) || undefined;
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  if (kind === 'tcp') return { kind, host, port: port ?? DEFAULT_PORT };
  const destination = parsed.username === '' ? host : `${decodeURIComponent(parsed.username)}@${host}`;
  const path = parsed.pathname === '/' ? DEFAULT_SOCKET : decodeURI(parsed.pathname);
  return { kind, destination, port, path };
}
