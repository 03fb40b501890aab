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
  stop(): void;
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
    taps.set(socket, { current: none, tail: none, own, stop: () => {} });
  });
  server.on(event, (socket: Socket) => {
    const tap = taps.get(socket);
    if (tap === undefined) return;
    const before = (chunk: Buffer) => {
      tap.current = tap.tail.length > 0 ? Buffer.concat([tap.tail, chunk]) : chunk;
    };
    const after = (chunk: Buffer) => {
      if (taken.has(socket)) return still(socket);
      tap.current = none;
      tap.tail = Buffer.from(chunk.subarray(-(END.length - 1)));
    };
    socket.prependListener('data', before);
    socket.on('data', after);
    tap.stop = () => socket.off('data', before).off('data', after);
  });
}

/** Stops looking at a connection that Node itself has let go of: a listener left behind would eat its data. */
export function untap(socket: Socket): void {
  taps.get(socket)?.stop();
  taps.delete(socket);
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
  // Not read either: that would resume the connection. What the parser still makes of this chunk is no more than the chunk.
  request.on('error', () => {});
  return { socket, head };
}

/** The parser, done with the chunk, has set the connection flowing with nobody to listen: makes it as a new one, neither flowing nor paused. */
function still(socket: Socket): void {
  const nobody = () => {};
  socket.pause();
  socket.on('readable', nobody);
  socket.off('readable', nobody);
}

function behindHeaders(current: Buffer, request: IncomingMessage): Buffer {
  const start = current.indexOf(`${request.method} ${request.url} HTTP/`);
  const end = current.indexOf(END, Math.max(start, 0));
  return end === -1 ? none : current.subarray(end + END.length);
}

function isListener(value: unknown): value is (...args: unknown[]) => void {
  return typeof value === 'function';
}
