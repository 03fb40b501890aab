import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import type { StdioSession } from '@selkie/engine/containers/attach';
import { frame } from '../http/multiplex.ts';
import { DetachScanner } from './detach-keys.ts';

export interface BridgeOptions {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  /** Key sequence that ends the session and leaves the process running; only a terminal has one. */
  readonly detachKeys: Buffer;
  /** False: what is not a terminal's does not tell its streams apart either. */
  readonly framed?: boolean;
  /** Bytes that go out before the live output, already framed. */
  readonly prelude?: AsyncIterable<Uint8Array>;
}

/**
 * Joins a client's connection and a process's stdio: raw bytes for a terminal or where no frames are wanted, frames otherwise. Ends when the output ends, the client
 * detaches or goes away; the end of the client's input is end of file for the process, whose output goes on.
 */
export async function bridge(
  connection: Duplex,
  stdio: StdioSession,
  options: BridgeOptions,
  signal: AbortSignal,
): Promise<void> {
  using session = stdio;
  const gone = new AbortController();
  const leave = () => gone.abort();
  signal.addEventListener('abort', leave, { once: true });
  if (signal.aborted) leave();
  const left = new Promise<void>((resolve) => gone.signal.addEventListener('abort', () => resolve(), { once: true }));
  const input = forwardInput(connection, session, options).then((detached) => {
    if (detached) leave();
  });
  input.catch(leave);
  const output = forwardOutput(connection, session, options, gone.signal);
  output.catch(() => {});
  try {
    await Promise.race([output, left]);
  } finally {
    signal.removeEventListener('abort', leave);
    leave();
  }
}

/** Resolves with true when the client typed the detach keys. */
async function forwardInput(connection: Duplex, session: StdioSession, options: BridgeOptions): Promise<boolean> {
  const scanner = new DetachScanner(session.terminal ? options.detachKeys : Buffer.alloc(0));
  for await (const chunk of connection.iterator({ destroyOnReturn: false })) {
    const { pass, detached } = scanner.scan(Buffer.from(chunk));
    if (options.stdin && pass.length > 0) await session.write(pass);
    if (detached) return true;
  }
  if (options.stdin) session.end();
  return false;
}

async function forwardOutput(
  connection: Duplex,
  session: StdioSession,
  options: BridgeOptions,
  gone: AbortSignal,
): Promise<void> {
  for await (const bytes of options.prelude ?? []) await send(connection, bytes, gone);
  for await (const { stream, data } of session) {
    if (gone.aborted) return;
    if (session.terminal ? options.stdout || options.stderr : options[stream]) {
      await send(connection, session.terminal || options.framed === false ? data : frame(stream, data), gone);
    }
  }
}

async function send(connection: Duplex, bytes: Uint8Array, gone: AbortSignal): Promise<void> {
  if (!connection.writable) return;
  if (!connection.write(bytes)) await once(connection, 'drain', { signal: gone }).catch(() => {});
}
