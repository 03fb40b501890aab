import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Daemon } from './daemon.ts';
import { program } from './programs.ts';
import { TemporaryDirectory } from './temporary.ts';

export interface TestRegistry extends AsyncDisposable {
  /** `127.0.0.1:<port>` */
  readonly host: string;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
}

/** Starts an empty registry that speaks plain HTTP on a free loopback port. */
export async function startRegistry(): Promise<TestRegistry> {
  const directory = new TemporaryDirectory('selkie-registry-');
  const config = join(directory.path, 'config.json');
  // JSON is YAML.
  writeFileSync(
    config,
    JSON.stringify({
      version: '0.1',
      log: { level: 'info', accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: join(directory.path, 'data') }, delete: { enabled: true } },
      http: { addr: '127.0.0.1:0' },
    }),
  );
  const daemon = new Daemon(program('docker-registry'), ['serve', config]);
  const host = await daemon.ready(() => /listening on (127\.0\.0\.1:\d+)/.exec(daemon.log)?.[1]);
  return {
    host,
    origin: `http://${host}`,
    async [Symbol.asyncDispose]() {
      await daemon.end('SIGTERM').finally(() => directory[Symbol.dispose]());
    },
  };
}
