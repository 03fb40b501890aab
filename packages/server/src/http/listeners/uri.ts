import { SelkieError } from '@selkie/contract';

/** Where to listen. */
export type ListenAddress =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  /** Sockets the service manager passed on: all of them, one name, or one number. */
  | { readonly kind: 'fd'; readonly which: string };

/** Longest path a unix socket can have. */
const PATH_MAX = 107;

/** @throws SelkieError INVALID_PARAMETER with the forms that are accepted */
export function parseListenUri(uri: string): ListenAddress {
  const [, scheme, rest = ''] = /^(unix|tcp|fd):\/\/(.*)$/.exec(uri) ?? [];
  if (scheme === 'unix' && rest.startsWith('/')) return unixAddress(rest);
  if (scheme === 'fd') return { kind: 'fd', which: rest };
  const [, host, port] = (scheme === 'tcp' && /^(\[[^\]]+\]|[^:/]*):(\d{1,5})\/?$/.exec(rest)) || [];
  if (host !== undefined && Number(port) <= 65535) {
    return { kind: 'tcp', host: host === '' ? '0.0.0.0' : host.replace(/^\[|\]$/g, ''), port: Number(port) };
  }
  throw invalid(`cannot listen on ${uri}: use unix:///path/to.sock, tcp://host:port or fd://`);
}

function unixAddress(path: string): ListenAddress {
  if (Buffer.byteLength(path) > PATH_MAX) {
    throw invalid(`the socket path is longer than ${PATH_MAX} bytes, choose a shorter one: ${path}`);
  }
  return { kind: 'unix', path };
}

function invalid(reason: string): SelkieError {
  return new SelkieError('INVALID_PARAMETER', { reason });
}
