import type { Duplex } from 'node:stream';
import { type Headers, mergeHeaders } from './header-map.ts';

export type { Headers };

interface Head {
  readonly status: number;
  readonly headers: Headers;
}

/** What a handler answers: a plain description that `respond.ts` and `upgrade.ts` put on the wire. */
export type Reply =
  | (Head & { readonly kind: 'json'; readonly body: unknown })
  | (Head & { readonly kind: 'text'; readonly text: string })
  | (Head & { readonly kind: 'empty' })
  | (Head & { readonly kind: 'ndjson'; readonly items: AsyncIterable<object> })
  | (Head & { readonly kind: 'raw'; readonly chunks: AsyncIterable<Uint8Array> })
  | (Head & UpgradeReply & { readonly kind: 'upgrade' })
  | (Head & Pick<UpgradeReply, 'run'> & { readonly kind: 'websocket' });

/** Takes the connection over. By the time a handler returns one, whatever it attaches to is connected. */
export interface UpgradeReply {
  readonly contentType: string;
  /**
   * Bridges the connection. Reading yields the client's bytes and ends when it closes its half; writing sends to it.
   * The connection is closed once the promise settles; `signal` aborts when the client is gone or the service stops.
   */
  run(connection: Duplex, signal: AbortSignal): Promise<void>;
}

/** A JSON document. */
export function json(status: number, body: unknown, headers: Headers = {}): Reply {
  return { kind: 'json', status, body, headers };
}

/** Plain text, sent as it is. */
export function text(status: number, content: string, headers: Headers = {}): Reply {
  return { kind: 'text', status, text: content, headers };
}

/** No body. */
export function empty(status: number, headers: Headers = {}): Reply {
  return { kind: 'empty', status, headers };
}

/**
 * One JSON object per line. The status goes out at once; use {@link afterFirst} where a failure before the first object
 * should become the response's status. A failure later becomes an `errorDetail` line.
 */
export function ndjson(items: AsyncIterable<object>, headers: Headers = {}): Reply {
  return { kind: 'ndjson', status: 200, items, headers: mergeHeaders({ 'Content-Type': 'application/json' }, headers) };
}

/** Bytes as they come (logs, tar archives). The status goes out at once; a failure later cuts the connection. */
export function raw(chunks: AsyncIterable<Uint8Array>, contentType: string, headers: Headers = {}): Reply {
  return { kind: 'raw', status: 200, chunks, headers: mergeHeaders({ 'Content-Type': contentType }, headers) };
}

/** Takes the connection over (attach, exec start): 101 for clients that ask to upgrade, a raw 200 for the others. */
export function upgrade(reply: UpgradeReply): Reply {
  return { kind: 'upgrade', status: 101, headers: {}, contentType: reply.contentType, run: reply.run };
}

/** Takes the connection over in the frames of a WebSocket: the client's messages are read as bytes, what is written goes out in binary ones. */
export function websocket({ run }: Pick<UpgradeReply, 'run'>): Reply {
  return { kind: 'websocket', status: 101, headers: {}, run };
}

/** Waits for the first item, so that a failure before it is thrown to the caller; the result yields all items, once. */
export async function afterFirst<T>(items: AsyncIterable<T>): Promise<AsyncIterable<T>> {
  const iterator = items[Symbol.asyncIterator]();
  let first: IteratorResult<T> | undefined = await iterator.next();
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        const held = first;
        first = undefined;
        return held ?? iterator.next();
      },
      return: async (value) => (await iterator.return?.(value)) ?? { done: true, value },
    }),
  };
}
