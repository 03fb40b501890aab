import { once } from 'node:events';
import type { Connection } from '@selkie/bindings';
import type { Context } from '../command.ts';
import { DetachKeys } from './detach-keys.ts';

interface PumpOptions {
  readonly stdin: boolean;
  /** Bytes that detach; none: nothing does. */
  readonly detachKeys: readonly number[];
}

/** Joins this process's stdio and a connection until its output ends or the user detaches. */
export async function pump(
  { stdin, stdout, stderr }: Pick<Context, 'stdin' | 'stdout' | 'stderr'>,
  connection: Connection,
  options: PumpOptions,
): Promise<'ended' | 'detached'> {
  const output = forwardOutput(connection, stdout, stderr).then(() => 'ended' as const);
  if (!options.stdin) return output;
  return Promise.race([output, forwardInput(stdin, connection, new DetachKeys(options.detachKeys))]);
}

async function forwardOutput(
  connection: Connection,
  stdout: NodeJS.WriteStream,
  stderr: NodeJS.WriteStream,
): Promise<void> {
  for await (const { stream, data } of connection.output) await write(stream === 'stderr' ? stderr : stdout, data);
}

/** Waits where the reader is slower. */
export async function write(output: NodeJS.WriteStream, data: Uint8Array | string): Promise<void> {
  if (!output.write(data)) await once(output, 'drain');
}

/** Resolves only where the user detaches: after the end of input there is output still. */
async function forwardInput(stdin: NodeJS.ReadStream, connection: Connection, keys: DetachKeys): Promise<'detached'> {
  try {
    for await (const chunk of stdin.iterator({ destroyOnReturn: false })) {
      const { pass, detached } = keys.scan(Buffer.from(chunk));
      if (pass.length > 0) await connection.write(pass);
      if (detached) return 'detached';
    }
    connection.end();
  } catch {
    // The process has closed its input or ended; its output tells.
  }
  return new Promise(() => {});
}
