import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';

/**
 * Stands in for a service manager: opens the sockets it is told to, passes them to the service and, waiting for that synchronously, never
 * accepts anything itself.
 */
const [addresses = '', names = '', ...args] = process.argv.slice(2);
const descriptors: number[] = [];
for (const address of addresses.split(',').filter((text) => text !== '')) {
  const server = createServer();
  const ready = once(server, 'listening');
  if (address === 'tcp') server.listen(0, '127.0.0.1');
  else server.listen(address);
  await ready;
  const handle: unknown = Reflect.get(server, '_handle');
  const fd: unknown = handle && typeof handle === 'object' ? Reflect.get(handle, 'fd') : undefined;
  if (typeof fd !== 'number') throw new Error('the server does not listen');
  descriptors.push(fd);
}
const service = join(import.meta.dirname, 'activated.ts');
spawnSync('/bin/sh', ['-c', 'LISTEN_PID=$$ exec "$0" "$@"', process.execPath, service, ...args], {
  stdio: ['ignore', 'inherit', 'inherit', ...descriptors],
  env: { ...process.env, LISTEN_FDS: String(descriptors.length), LISTEN_FDNAMES: names },
});
process.exit();
