import { createServer as createPlain, type IncomingMessage, type Server, type ServerOptions } from 'node:http';
import { createServer as createSecure } from 'node:https';
import type { Socket } from 'node:net';
import { tapConnections } from '../takeover.ts';
import type { TlsMaterial } from './tls.ts';

/** Connections as they were accepted: the server itself forgets one whose TLS handshake a client has given up. */
const open = new WeakMap<Server, Set<Socket>>();

const HOUR = 3_600_000;

/**
 * An HTTP server for long-lived streams: no limit on how long a request or an idle connection may last, only on how long its headers may
 * take. Registry credentials for many hosts travel in a header, so headers may be large.
 */
export function createHttpServer(upgrades: (request: IncomingMessage) => boolean, tls?: TlsMaterial): Server {
  const options: ServerOptions & { allowHalfOpen: true } = {
    requestTimeout: 0,
    headersTimeout: 60_000,
    keepAliveTimeout: HOUR,
    maxHeaderSize: 1024 * 1024,
    noDelay: true,
    keepAlive: true,
    allowHalfOpen: true,
    shouldUpgradeCallback: upgrades,
  };
  const server: Server =
    tls === undefined
      ? createPlain(options)
      : createSecure({ ...options, ...tls, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.2' });
  const connections = new Set<Socket>();
  open.set(server, connections);
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  tapConnections(server, tls === undefined ? 'connection' : 'secureConnection');
  return server;
}

/** Cuts off whoever is still connected. */
export function destroyConnections(server: Server): void {
  for (const socket of open.get(server) ?? []) socket.destroy();
}
