/**
 * Runs the tests: `npm test` all of them, `npm test -- FILTER…` the files whose path contains a filter, or a whole phase
 * (repository, unit, service, conformance) by name.
 */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { run } from 'node:test';
import { spec, type TestEvent } from 'node:test/reporters';
import { ROOT } from './source-files.ts';
import { type Phase, plan } from './testing/plan.ts';
import { Totals } from './testing/totals.ts';

async function* events(phases: readonly Phase[], totals: Totals, signal: AbortSignal): AsyncGenerator<TestEvent> {
  for (const { name, files, concurrency, timeoutMs } of phases) {
    if (signal.aborted) break;
    yield note(`${name}: ${files.length} files`);
    // Forced to exit: whatever a failed test left open must not hold up the rest.
    const options = { concurrency, cwd: ROOT, timeout: timeoutMs, forceExit: true, signal };
    for await (const event of run({ files: [...files], ...options })) {
      // The summary makes the reporter list the failures: once at the end is enough.
      if (event.type !== 'test:summary' && !totals.take(event)) yield event;
    }
  }
  yield* totals.lines();
}

function note(message: string): TestEvent {
  return { type: 'test:diagnostic', data: { nesting: 0, message, level: 'info' } };
}

const phases = plan(process.argv.slice(2));
const totals = new Totals();
// Interrupted, it still tells what has failed so far.
const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => interruption.abort());

const report = Readable.from(events(phases, totals, interruption.signal));
await pipeline(report, new spec(), process.stdout, { end: false });
if (totals.tests === 0) console.error('no test matches');
if (interruption.signal.aborted) console.error('interrupted');
if (totals.failed || totals.tests === 0 || interruption.signal.aborted) process.exitCode = 1;
