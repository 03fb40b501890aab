import type { Writable } from 'node:stream';

/**
 * Writes one chunk and resolves once the destination can take more, so that a slow reader slows its producer instead of
 * growing our memory.
 */
export async function send(destination: Writable, chunk: Uint8Array | string, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (destination.write(chunk) || !destination.writableNeedDrain) return;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const aborted = () => reject(signal.reason);
  destination.once('drain', resolve);
  destination.once('close', resolve);
  signal.addEventListener('abort', aborted, { once: true });
  try {
    await promise;
  } finally {
    destination.off('drain', resolve);
    destination.off('close', resolve);
    signal.removeEventListener('abort', aborted);
  }
}

/** Writes all chunks one by one. Stops, and tells the source to, as soon as `gone` aborts, even if the source is silent. */
export async function sendAll(
  destination: Writable,
  source: AsyncIterable<Uint8Array | string>,
  gone: AbortSignal,
): Promise<void> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const result = await abandonable(iterator.next(), gone);
      if (result.done) return;
      await send(destination, result.value, gone);
    }
  } catch (error) {
    // Not awaited: a generator that waits for something without minding the signal would keep us here.
    iterator.return?.().catch(() => {});
    throw error;
  }
}

/** The promise, or the signal's reason if that comes first. (A race against one long-lived promise would gather a reaction per chunk.) */
function abandonable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const aborted = () => reject(signal.reason);
    if (signal.aborted) aborted();
    signal.addEventListener('abort', aborted, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', aborted));
  });
}

/** Each object as one line; the two are never apart, so that each write carries whole objects. */
export async function* lines(items: AsyncIterable<object>): AsyncGenerator<string> {
  for await (const item of items) yield `${JSON.stringify(item)}\n`;
}
