import { setTimeout as sleep } from 'node:timers/promises';
import { containerTop } from '@selkie/contract/libpod/container-streams';
import type { TopReport } from '@selkie/contract/libpod/types/container-runtime';
import { compareVersions } from '@selkie/contract/versions';
import { timerDelay } from '@selkie/engine/clock';
import { afterFirst, handler, ndjson } from '../../http/handler.ts';
import { invalid } from '../../translate/refuse.ts';

const DEFAULT_DELAY = 5;

export const top = handler(containerTop, async ({ path, query, version, engine, signal }) => {
  const { stream, delay = DEFAULT_DELAY, ps_args: args = [] } = query;
  if (stream && delay < 1) invalid('"delay" must be at least 1 second');
  const descriptors = compareVersions(version, '4.8.0') < 0 ? args.flatMap((arg) => arg.split(',')) : args;
  const request = { kind: 'descriptors' as const, descriptors: descriptors.filter((name) => name !== '') };
  const look = () => engine.containers.top(path.name, request, signal);
  return ndjson(await afterFirst(reports(look, stream ? delay * 1000 : undefined, signal)));
});

async function* reports(
  look: () => Promise<{ readonly titles: readonly string[]; readonly processes: readonly (readonly string[])[] }>,
  every: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<TopReport> {
  for (;;) {
    const { titles, processes } = await look();
    yield { Titles: [...titles], Processes: processes.map((row) => [...row]) };
    if (every === undefined) return;
    await sleep(timerDelay(every), undefined, { signal });
  }
}
