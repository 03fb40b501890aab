import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { unread } from '@selkie/native/unread';

const LOOK_AGAIN_MS = 1;
/** A client that takes longer is at something else. */
const PATIENCE_MS = 200;

/**
 * Waits until a client on a unix socket has read what was sent. Podman's clients throw away what they read together with the head of an answer
 * they did not ask to be an upgrade, and docker-py what it reads together with any head.
 */
export async function headRead(socket: Socket): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  for (let fd = unixSocket(socket); fd !== undefined && unread(fd) > 0; fd = unixSocket(socket)) {
    if (performance.now() > deadline) return;
    await sleep(LOOK_AGAIN_MS);
  }
}

/** Its descriptor while it is open; undefined for TCP and TLS, where the kernel does not tell what was read. */
function unixSocket(socket: Socket): number | undefined {
  if (socket.destroyed || socket.remoteAddress !== undefined) return undefined;
  const fd: unknown = Reflect.get(Object(Reflect.get(socket, '_handle')), 'fd');
  return typeof fd === 'number' && fd >= 0 ? fd : undefined;
}
