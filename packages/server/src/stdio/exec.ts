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
export async function execReply(
  engine: Engine,
  id: string,
  request: ExecRequest,
  signal: AbortSignal,
): Promise<UpgradeReply> {
  const { definition } = engine.execs.inspect(id);
  const detachKeys = parseDetachKeys(definition.detachKeys ?? DEFAULT_DETACH_KEYS);
  const { size } = request;
  const session = await engine.execs.start(id, { detach: false, ...(size ? { size } : {}) }, signal);
  const streams = { stdin: definition.attachStdin, stdout: definition.attachStdout, stderr: definition.attachStderr };
  return {
    contentType: !definition.terminal && request.multiplexedType ? MULTIPLEXED : RAW,
    async run(connection, gone) {
      if (session !== undefined) await bridge(connection, session, { ...streams, detachKeys }, gone);
    },
  };
}

/** A start that failed after the client was promised a stream: the reason on it, as dockerd does; the exit code is in inspect. */
export function failedExecReply(terminal: boolean, reason: string): UpgradeReply {
  const line = Buffer.from(`${reason}\r\n`);
  return {
    contentType: RAW,
    async run(connection) {
      connection.write(terminal ? line : frame('stderr', line));
    },
  };
}
