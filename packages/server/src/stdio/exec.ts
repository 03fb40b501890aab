import { isSelkieError, type SelkieError } from '@selkie/contract';
import type { Engine } from '@selkie/engine';
import type { TerminalSize } from '@selkie/engine/ports/monitor';
import { frame } from '../http/multiplex.ts';
import type { UpgradeReply } from '../http/reply.ts';
import { MULTIPLEXED, RAW } from './attach.ts';
import { bridge } from './bridge.ts';
import { DEFAULT_DETACH_KEYS, parseDetachKeys } from './detach-keys.ts';

export interface ExecRequest {
  readonly size: TerminalSize | undefined;
  /** Whether the version answered knows the multiplexed content type. */
  readonly multiplexedType: boolean;
}

/** Runs a declared process with its stdio on the connection, for either dialect. @throws SelkieError as Execs.start */
async function execReply(engine: Engine, id: string, request: ExecRequest, signal: AbortSignal): Promise<UpgradeReply> {
  const { definition } = engine.execs.inspect(id);
  const detachKeys = parseDetachKeys(definition.detachKeys ?? DEFAULT_DETACH_KEYS);
  const { size } = request;
  const session = await engine.execs.start(id, { detach: false, ...(size ? { size } : {}) }, signal);
  const streams = { stdin: definition.attachStdin, stdout: definition.attachStdout, stderr: definition.attachStderr };
  return {
    contentType: contentType(definition.terminal, request),
    async run(connection, gone) {
      if (session !== undefined) await bridge(connection, session, { ...streams, detachKeys }, gone);
    },
  };
}

/**
 * Like {@link execReply}, except that a process that was tried and could not be run is words on the stream, as both upstream services have it:
 * its exit code is in inspect.
 * @param words of the failure, in the dialect's form
 */
export async function execOrFailureReply(
  engine: Engine,
  id: string,
  request: ExecRequest,
  words: (error: SelkieError) => string,
  signal: AbortSignal,
): Promise<UpgradeReply> {
  try {
    return await execReply(engine, id, request, signal);
  } catch (error) {
    const { state, definition } = engine.execs.inspect(id);
    if (!isSelkieError(error) || state !== 'exited' || error.code === 'CONFLICT') throw error;
    const line = Buffer.from(words(error));
    return {
      contentType: contentType(definition.terminal, request),
      async run(connection) {
        connection.write(definition.terminal ? line : frame('stderr', line));
      },
    };
  }
}

function contentType(terminal: boolean, { multiplexedType }: ExecRequest): string {
  return !terminal && multiplexedType ? MULTIPLEXED : RAW;
}
