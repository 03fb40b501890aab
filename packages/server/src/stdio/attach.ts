import { SelkieError } from '@selkie/contract';
import type { Engine } from '@selkie/engine';
import type { UpgradeReply } from '../http/reply.ts';
import { bridge } from './bridge.ts';
import { DEFAULT_DETACH_KEYS, parseDetachKeys } from './detach-keys.ts';
import { logBytes } from './logs.ts';

export const RAW = 'application/vnd.docker.raw-stream';
export const MULTIPLEXED = 'application/vnd.docker.multiplexed-stream';

export interface AttachRequest {
  readonly logs: boolean;
  readonly stream: boolean;
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
  /** `""` turns them off; undefined means the default. */
  readonly detachKeys?: string;
  /** Whether the version answered knows the multiplexed content type. */
  readonly multiplexedType: boolean;
  /** False: output comes without frames, whatever it is of. */
  readonly framed?: boolean;
}

/** Attaches to a container for either dialect. @throws SelkieError as Containers.attach, INVALID_PARAMETER */
export async function attachReply(
  engine: Engine,
  id: string,
  request: AttachRequest,
  signal: AbortSignal,
): Promise<UpgradeReply> {
  const detachKeys = parseDetachKeys(request.detachKeys ?? DEFAULT_DETACH_KEYS);
  const record = engine.containers.inspect(id);
  const { terminal } = record.definition.process;
  const { stdout, stderr, framed = true } = request;
  // A terminal would take input also where the container was made without.
  const stdin = request.stdin && record.definition.process.stdin;
  if (!request.stream && !request.logs) {
    throw new SelkieError('INVALID_PARAMETER', { reason: 'at least one of stream and logs must be set' });
  }
  const written = () =>
    logBytes(engine.containers.logs(record.id, { stdout, stderr, follow: false, writtenOnly: true }, signal), {
      framed: framed && !terminal,
      timestamps: false,
    });
  using opened = new DisposableStack();
  const session = request.stream ? opened.use(await engine.containers.attach(record.id, signal)) : undefined;
  // What is written from now on comes over the session: of the log only what is there, and not a line twice.
  const prelude = request.logs && (stdout || stderr) ? written() : undefined;
  opened.move();
  return {
    contentType: !terminal && request.multiplexedType ? MULTIPLEXED : RAW,
    async run(connection, gone) {
      if (session === undefined) {
        for await (const bytes of prelude ?? []) connection.write(bytes);
        return;
      }
      const streams = { stdin, stdout, stderr, detachKeys, framed };
      await bridge(connection, session, { ...streams, ...(prelude ? { prelude } : {}) }, gone);
    },
  };
}
