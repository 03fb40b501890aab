import type { Server } from 'node:http';
import { SelkieError } from '@selkie/contract';

/** Runs `listen` and resolves once the server accepts. @throws SelkieError ADDRESS_IN_USE, HOST */
export function listening(server: Server, listen: () => void): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const failed = (cause: NodeJS.ErrnoException & { address?: string }) =>
    reject(
      cause.code === 'EADDRINUSE'
        ? new SelkieError('ADDRESS_IN_USE', { address: cause.address ?? 'unknown' }, { cause })
        : new SelkieError('HOST', { reason: `cannot listen: ${cause.message}` }, { cause }),
    );
  server.once('error', failed);
  server.once('listening', resolve);
  listen();
  return promise.finally(() => {
    server.off('error', failed);
    server.off('listening', resolve);
  });
}
