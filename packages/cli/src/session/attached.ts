import type { Context } from '../command.ts';
import { DEFAULT_DETACH_KEYS, parseDetachKeys } from './detach-keys.ts';
import { pump } from './pump.ts';
import { proxySignals } from './signals.ts';
import { followSize, rawMode } from './terminal.ts';

export interface AttachOptions {
  /** Whether the container has a terminal. */
  readonly tty: boolean;
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  readonly detachKeys?: string | undefined;
  readonly sigProxy: boolean;
  /** Done once attached, so that nothing the container writes is missed. */
  readonly begin?: () => Promise<unknown>;
}

/** Attaches this process's stdio to a container. Resolves with its exit code, or 0 where the user detaches. */
export async function runAttached(context: Context, id: string, options: AttachOptions): Promise<number> {
  const { client, stdin, stdout } = context;
  const { tty, detachKeys = DEFAULT_DETACH_KEYS } = options;
  const keys = tty && stdin.isTTY ? parseDetachKeys(detachKeys) : [];
  await using connection = await client.containers.attach(id, {
    query: { stream: true, stdin: options.stdin, stdout: options.stdout, stderr: options.stderr, detachKeys },
  });
  using _raw = tty && options.stdin ? rawMode(stdin) : undefined;
  await options.begin?.();
  const left = new AbortController();
  const exited = client.containers.wait(id, { signal: left.signal });
  exited.catch(() => {});
  using _signals = options.sigProxy
    ? proxySignals((signal) => client.containers.kill(id, { query: { signal } }), tty ? ['SIGWINCH'] : [])
    : undefined;
  using _size = tty ? followSize(stdout, (query) => client.containers.resize(id, { query })) : undefined;
  const how = await pump(context, connection, { stdin: options.stdin, detachKeys: keys });
  if (how === 'detached') {
    left.abort();
    return 0;
  }
  return Number(await exited);
}
