import { readFileSync, readlinkSync } from 'node:fs';
import type { Server } from 'node:http';
import { isIP } from 'node:net';
import { SelkieError } from '@selkie/contract';
import { isLoopbackName } from '../browser.ts';
import type { Service } from '../service.ts';
import { type InheritedSocket, inheritedSockets } from './activation.ts';
import { listening } from './listening.ts';
import { createHttpServer } from './server.ts';
import { readTls, type TlsFiles } from './tls.ts';
import { listenUnix } from './unix.ts';
import { parseListenUri } from './uri.ts';

export interface ListenOptions {
  /** Needed for TCP, unless it is on loopback and `insecureTcp` is set. */
  readonly tls?: TlsFiles;
  readonly insecureTcp?: boolean;
  /** Group that may open unix sockets. */
  readonly socketGroup?: string;
  readonly inherited?: readonly InheritedSocket[];
}

/** Servers that accept, and the URIs clients reach them by. */
export interface Listener {
  readonly uri: string;
  readonly server: Server;
}

/** Listens on one address. Returns several listeners where `fd://` stands for several sockets. */
export async function listen<E>(service: Service<E>, uri: string, options: ListenOptions): Promise<Listener[]> {
  const address = parseListenUri(uri);
  switch (address.kind) {
    case 'unix': {
      const server = createHttpServer(service.upgrades);
      service.serve(server, uri);
      await listenUnix(server, address.path, options.socketGroup);
      return [{ uri, server }];
    }
    case 'tcp': {
      const server = createHttpServer(service.upgrades, tlsFor(address.host, options));
      service.serve(server, uri);
      await listening(server, () => server.listen(address.port, address.host));
      return [{ uri: boundUri(server), server }];
    }
    case 'fd': {
      const sockets = chosen(address.which, options.inherited ?? inheritedSockets());
      return Promise.all(sockets.map((socket) => listenInherited(service, socket, options)));
    }
  }
}

async function listenInherited<E>(
  service: Service<E>,
  { fd, name }: InheritedSocket,
  options: ListenOptions,
): Promise<Listener> {
  const path = unixPathOf(fd);
  const server = createHttpServer(
    service.upgrades,
    path === undefined && options.tls ? readTls(options.tls) : undefined,
  );
  service.serve(server, `fd://${name}`);
  await listening(server, () => server.listen({ fd }));
  if (path !== undefined) return { uri: `unix://${path}`, server };
  try {
    const bound = server.address();
    if (typeof bound === 'object' && bound !== null) tlsFor(bound.address, options);
  } catch (error) {
    server.close();
    throw error;
  }
  return { uri: boundUri(server), server };
}

function chosen(which: string, inherited: readonly InheritedSocket[]): InheritedSocket[] {
  const sockets = inherited.filter(({ fd, name }) => which === '' || which === name || which === String(fd));
  if (sockets.length > 0) return sockets;
  const what = which === '' ? 'no socket was passed on' : `no socket ${which} was passed on`;
  throw new SelkieError('HOST', {
    reason: `${what} (LISTEN_FDS, LISTEN_PID): start the service by socket activation or use unix://`,
  });
}

/** @throws SelkieError INVALID_PARAMETER where anyone on the network could call the service */
function tlsFor(host: string, { tls, insecureTcp }: ListenOptions) {
  if (tls !== undefined) return readTls(tls);
  if (insecureTcp && isLoopbackName(isIP(host) === 6 ? `[${host}]` : host)) return undefined;
  const reason = insecureTcp
    ? `refusing to listen on ${host} without TLS: --insecure-tcp is for loopback only, give --tls-cert, --tls-key and --tls-ca`
    : 'TCP needs --tls-cert, --tls-key and --tls-ca (or, on loopback, --insecure-tcp): who can connect has root on this host';
  throw new SelkieError('INVALID_PARAMETER', { reason });
}

function boundUri(server: Server): string {
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('not a TCP server');
  return `tcp://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`;
}

/** Where a socket we did not open is bound; undefined for TCP. (Node does not know the path of an inherited unix socket.) */
function unixPathOf(fd: number): string | undefined {
  const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${fd}`))?.[1];
  if (inode === undefined) throw new SelkieError('HOST', { reason: `file descriptor ${fd} is not a socket` });
  const rows = readFileSync('/proc/net/unix', 'utf8').split('\n');
  const row = rows.map((line) => line.trim().split(/\s+/)).find((fields) => fields[6] === inode);
  return row && (row[7] ?? '');
}
