import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Takes a connection away from Node's HTTP server in the middle of an ordinary request. Clients that attach without asking to upgrade
 * expect a raw stream after a plain 200, and Node offers no way to it. Bytes the client already sent behind its headers must not be lost
 * to the parser, so the last chunk read from each connection is looked at before the parser gets it.
 */

interface Tap {
  /** The chunk the parser is working on, with the few bytes before it in which its headers' end may begin. */
  current: Buffer;
  tail: Buffer;
  /** What was listening before the HTTP server came. */
  readonly own: ReadonlyMap<string, ReadonlySet<unknown>>;
}

const EVENTS = ['data', 'end', 'error', 'timeout', 'drain'] as const;
const END = '\r\n\r\n';
const none = Buffer.alloc(0);
const taps = new WeakMap<Socket, Tap>();
const taken = new WeakSet<Socket>();

/** Makes connections of a server takeable. `event` is `secureConnection` for TLS. */
export function tapConnections(server: Server, event: 'connection' | 'secureConnection'): void {
  server.prependListener(event, (socket: Socket) => {
    const own = new Map(EVENTS.map((name) => [name, new Set<unknown>(socket.rawListeners(name))]));
    taps.set(socket, { current: none, tail: none, own });
  });
  server.on(event, (socket: Socket) => {
    const tap = taps.get(socket);
    if (tap === undefined) return;
    socket.prependListener('data', (chunk: Buffer) => {
      tap.current = tap.tail.length > 0 ? Buffer.concat([tap.tail, chunk]) : chunk;
    });
    socket.on('data', (chunk: Buffer) => {
      tap.current = none;
      tap.tail = Buffer.from(chunk.subarray(-(END.length - 1)));
    });
  });
}

/** True for connections that no longer speak HTTP: whatever the server still reports about them is noise. */
export function isTaken(socket: Socket): boolean {
  return taken.has(socket);
}

/** Takes the connection of a request that was announced in this very tick; the result is what follows the request's headers. */
export function takeOver(request: IncomingMessage, response: ServerResponse): { socket: Socket; head: Buffer } {
  const { socket } = request;
  const tap = taps.get(socket);
  if (tap === undefined) throw new Error('the connection was not tapped');
  const head = Buffer.from(behindHeaders(tap.current, request));
  taken.add(socket);
  for (const name of EVENTS) {
    for (const listener of socket.rawListeners(name)) {
      if (isListener(listener) && tap.own.get(name)?.has(listener) !== true) socket.removeListener(name, listener);
    }
  }
  socket.pause();
  socket.setTimeout(0);
  response.detachSocket(socket);
  request.on('error', () => {});
  request.resume();
  return { socket, head };
}

function behindHeaders(current: Buffer, request: IncomingMessage): Buffer {
  const start = current.indexOf(`${request.method} ${request.url} HTTP/`);
  const end = current.indexOf(END, Math.max(start, 0));
  return end === -1 ? none : current.subarray(end + END.length);
}

function isListener(value: unknown): value is (...args: unknown[]) => void {
  return typeof value === 'function';
}
