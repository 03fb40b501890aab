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

/** What a registry with a login takes. */
export const LOGIN = { username: 'tester', password: 'abc' };
const HASHED_LOGIN = 'tester:$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i';

export interface RegistryOptions {
  /** Whether it asks for {@link LOGIN}. */
  readonly login?: boolean;
}

/** Starts an empty registry that speaks plain HTTP on a free loopback port. */
export async function startRegistry({ login = false }: RegistryOptions = {}): Promise<TestRegistry> {
  const directory = new TemporaryDirectory('selkie-registry-');
  const config = join(directory.path, 'config.json');
  const users = join(directory.path, 'htpasswd');
  writeFileSync(users, `${HASHED_LOGIN}\n`);
  // JSON is YAML.
  writeFileSync(
    config,
    JSON.stringify({
      version: '0.1',
      log: { level: 'info', accesslog: { disabled: true } },
      storage: { filesystem: { rootdirectory: join(directory.path, 'data') }, delete: { enabled: true } },
      http: { addr: '127.0.0.1:0' },
      ...(login ? { auth: { htpasswd: { realm: 'test', path: users } } } : {}),
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
