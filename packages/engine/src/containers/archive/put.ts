import type { ContainerContext } from '../context.ts';
import { pause, unpause } from '../pause.ts';
import type { ContainerRecord } from '../record.ts';
import { resolveCapabilities } from '../spec/capabilities.ts';
import { defaultsOf } from '../spec/defaults.ts';
import { resolveUser } from '../user.ts';
import { beginWork, wordFailure } from './archive.ts';
import { Chunks } from './chunks.ts';
import { type PutOptions, WINDOW } from './job.ts';
import type { WorkLine } from './workers.ts';

export interface PutRequest {
  /** Refuse to replace a directory by something else or the other way round. */
  readonly keepKinds: boolean;
  /** Everything becomes the container's user's; the owners are the archive's otherwise. */
  readonly ownByUser: boolean;
  readonly rename?: Readonly<Record<string, string>>;
  /** Freezes the container while its files change. */
  readonly pause?: boolean;
}

/**
 * Extracts an archive, compressed or not, into a directory of a container. What was extracted before a failure stays.
 * @throws SelkieError NO_SUCH_CONTAINER, NO_SUCH_FILE, FORBIDDEN (read-only), INVALID_PARAMETER, HOST
 */
export async function putArchive(
  ctx: ContainerContext,
  reference: string,
  path: string,
  archive: AsyncIterable<Uint8Array>,
  request: PutRequest,
  signal: AbortSignal,
): Promise<void> {
  const paused = request.pause === true && ctx.store.find(reference).state.status === 'running';
  if (paused) await pause(ctx, reference);
  try {
    using line = await beginWork(ctx, reference, (record, root) => ({
      kind: 'put',
      path,
      options: optionsFor(ctx, record, root, request),
    }));
    await send(line, archive, signal);
  } catch (error) {
    throw wordFailure(error, reference, path);
  } finally {
    if (paused) await unpause(ctx, reference);
  }
}

async function send(line: WorkLine, archive: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<void> {
  const chunks = new Chunks();
  let window = WINDOW;
  async function hand(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
    line.tell({ chunk }, [chunk.buffer]);
    window--;
    while (window === 0) if ('more' in (await line.next(signal))) window++;
  }
  for await (const piece of archive) for (const chunk of chunks.add(piece)) await hand(chunk);
  for (const chunk of chunks.rest()) await hand(chunk);
  line.tell({ end: true });
  while (!('done' in (await line.next(signal))));
}

function optionsFor(
  ctx: ContainerContext,
  record: ContainerRecord,
  root: string,
  { keepKinds, ownByUser, rename }: PutRequest,
): PutOptions {
  const { security } = record.definition;
  const { capabilities } = defaultsOf(record.definition);
  const user = ownByUser ? resolveUser(root, record.process.user, []) : undefined;
  return {
    replaceOtherKinds: !keepKinds,
    // What the container could not make itself is not made for it.
    devices: resolveCapabilities(security, capabilities, ctx.host.capabilities, () => {}).includes('CAP_MKNOD'),
    ...(user && { owner: { uid: user.uid, gid: user.gid } }),
    ...(rename && { rename }),
  };
}
