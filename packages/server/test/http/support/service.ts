import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Operation } from '@selkie/contract';
import { handler, type Reply, type Request, type Route } from '../../../src/http/handler.ts';
import { createService, type HostOptions } from '../../../src/http/host.ts';
import { createLog } from '../../../src/http/log.ts';

export type Fake = { readonly name: string };

/** A route over the fake engine. */
export function serve<O extends Operation>(
  row: O,
  run: (request: Request<O, Fake>) => Reply | Promise<Reply>,
): Route<Fake> {
  return handler<O, Fake>(row, run);
}

/** A directory that goes with the scope. */
export function temporaryDirectory(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'selkie-http-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

/** A service on a unix socket of its own. */
export async function startService(routes: readonly Route<Fake>[], options: Partial<HostOptions<Fake>> = {}) {
  const directory = temporaryDirectory();
  const path = join(directory.path, 'test.sock');
  const logged: Record<string, unknown>[] = [];
  const service = await createService<Fake>({
    engine: { name: 'fake' },
    routes,
    listen: [`unix://${path}`],
    log: createLog('debug', (line) => logged.push(JSON.parse(line))),
    graceMs: 2000,
    ...options,
  }).catch((error) => {
    directory[Symbol.dispose]();
    throw error;
  });
  return {
    ...service,
    path,
    logged,
    async [Symbol.asyncDispose]() {
      await service.close();
      directory[Symbol.dispose]();
    },
  };
}
