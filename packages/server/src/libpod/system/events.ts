import { systemEvents } from '@selkie/contract/libpod/system';
import type { Event } from '@selkie/contract/libpod/types/system';
import type { EngineEvent } from '@selkie/engine/events/event';
import { handler, ndjson } from '../../http/handler.ts';
import { eventRange } from '../../translate/event-range.ts';
import { eventTest } from './event-filters.ts';
import { presentEvent } from './present/event.ts';

export const events = handler(systemEvents, ({ query, version, engine, signal }) => {
  const test = eventTest(query.filters);
  return ndjson(present(engine.events.subscribe(eventRange(query, query.stream), signal), test, version));
});

async function* present(
  found: AsyncIterable<EngineEvent>,
  test: (event: Event) => boolean,
  version: string,
): AsyncGenerator<Event> {
  for await (const event of found) {
    const shown = presentEvent(event, version);
    if (shown !== undefined && test(shown)) yield shown;
  }
}
