import { systemEvents } from '@selkie/contract/docker/system';
import type { EventMessage } from '@selkie/contract/docker/types/system';
import { compareVersions } from '@selkie/contract/versions';
import type { EngineEvent } from '@selkie/engine/events/event';
import { preferredType } from '../../http/accept.ts';
import { handler, ndjson, raw } from '../../http/handler.ts';
import { eventRange } from '../../translate/event-range.ts';
import { eventTest } from './event-filters.ts';
import { type DockerEvent, presentEvent, translateEvent } from './present/event.ts';

const SEQUENCE = 'application/json-seq';
/** What a client may ask for instead of plain JSON, with the version that brought it. */
const FRAMINGS: readonly (readonly [type: string, since: string])[] = [
  ['application/jsonl', '1.53'],
  ['application/x-ndjson', '1.52'],
  [SEQUENCE, '1.52'],
];

export const events = handler(systemEvents, ({ query, headers, version, engine, signal }) => {
  const test = eventTest(query.filters);
  const found = engine.events.subscribe(eventRange(query, true), signal);
  const messages = present(found, test, version);
  const framings = FRAMINGS.filter(([, since]) => compareVersions(version, since) >= 0).map(([type]) => type);
  const type = preferredType(headers.accept, framings) ?? 'application/json';
  return type === SEQUENCE ? raw(sequence(messages), type) : ndjson(messages, { 'Content-Type': type });
});

async function* present(
  found: AsyncIterable<EngineEvent>,
  test: (event: DockerEvent) => boolean,
  version: string,
): AsyncGenerator<EventMessage> {
  for await (const event of found) {
    const translated = translateEvent(event);
    if (test(translated)) yield presentEvent(translated, event.time, version);
  }
}

/** RFC 7464: a record separator before each text. */
async function* sequence(items: AsyncIterable<object>): AsyncGenerator<Buffer> {
  for await (const item of items) yield Buffer.from(`\x1e${JSON.stringify(item)}\n`);
}
