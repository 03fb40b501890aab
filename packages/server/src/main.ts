import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';
import { isSelkieError } from '@selkie/contract/errors';
import type { RunningService } from './http/host.ts';
import { createLog, errorFields } from './http/log.ts';
import { parseOptions, type ServerOptions, USAGE } from './options.ts';

const EXIT_USAGE = 125;

/** One Ctrl-C reaches the service twice under npm: from the terminal and passed on by npm. */
const SAME_SIGNAL_MS = 1000;

async function main(args: readonly string[]): Promise<void> {
  const options = read(args);
  if (options === 'help') return void process.stdout.write(USAGE);
  try {
    await serve(options);
  } catch (error) {
    if (!isSelkieError(error)) throw error;
    fail(error.message, error.code === 'INVALID_PARAMETER' ? EXIT_USAGE : 1);
  }
}

function read(args: readonly string[]): ServerOptions | 'help' {
  try {
    return parseOptions(args);
  } catch (error) {
    if (!isSelkieError(error)) throw error;
    return fail(`${error.message}\nSee --help.`, EXIT_USAGE);
  }
}

function fail(message: string, code: number): never {
  process.stderr.write(`Error: ${message}\n`);
  process.exit(code);
}

async function serve(options: ServerOptions): Promise<void> {
  // Compiling takes longest of all that happens before the first answer, so it is done once a boot.
  enableCompileCache(join(options.runroot, 'compile-cache'));
  // Loaded only now: so that the cache holds it, and --help and a mistyped option answer at once.
  const [{ openEngine }, { createService }, { operations, routes }] = await Promise.all([
    import('@selkie/engine'),
    import('./http/host.ts'),
    import('./routes.ts'),
  ]);
  const { root, runroot, registriesConf, insecureRegistries, socketGroup, tls, insecureTcp, origins } = options;
  const log = createLog(options.logLevel);
  const engine = openEngine({
    root,
    runroot,
    insecureRegistries,
    report: (what, error) => log('error', what, errorFields(error)),
    ...(registriesConf !== undefined && { registriesConf }),
  });
  let service: RunningService;
  try {
    service = await createService({
      engine,
      routes,
      operations,
      log,
      origins,
      listen: options.listen,
      listeners: {
        insecureTcp,
        ...(socketGroup !== undefined && { socketGroup }),
        ...(tls !== undefined && { tls }),
      },
    });
  } catch (error) {
    await engine.close();
    throw error;
  }

  // A bug, but none that has to end the service for everybody: what failed was waited for by nobody.
  process.on('unhandledRejection', (error) => log('error', 'a failure nobody waited for', errorFields(error)));

  let stoppingSince: number | undefined;
  const stop = async (why: string) => {
    if (stoppingSince !== undefined) {
      // A second signal does not wait for anybody.
      if (performance.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    log('info', 'stopping', { why });
    await service.close();
    await engine.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
  if (options.idleSeconds > 0) service.whenIdleFor(options.idleSeconds * 1000, () => void stop('idle'));
  announce(service.uris);
  // What could not be put right must not keep the rest from working.
  await engine.ready.catch((error: unknown) =>
    log('error', 'taking up what the last service left failed', errorFields(error)),
  );
  log('info', 'ready', { uris: service.uris, root, runroot, ms: Math.round(performance.now()) });
  flushCompileCache();
}

function announce(uris: readonly string[]): void {
  for (const uri of uris) process.stdout.write(`Listening on ${uri}\n`);
  const [uri] = uris;
  process.stdout.write(`Use it with:\n  export DOCKER_HOST=${uri}\n  export CONTAINER_HOST=${uri}\n`);
}

await main(process.argv.slice(2));
