import { containerWait } from '@selkie/contract/libpod/container-lifecycle';
import type { Engine } from '@selkie/engine';
import type { ContainerRecord } from '@selkie/engine/containers/record';
import { parseDuration } from '@selkie/engine/time';
import { handler, text } from '../../http/handler.ts';
import { invalid } from '../../translate/refuse.ts';
import { stateWord } from './present/state.ts';

/** What a client reads where the state it waited for is not that of a container that has ended. */
const NO_EXIT = -1;

export const wait = handler(containerWait, async ({ path, query, engine, signal }) => {
  // States are told as they change; there is no look a client could wish to be slower.
  if (query.interval && parseDuration(query.interval) === undefined) invalid(`invalid interval: ${query.interval}`);
  const conditions = (query.condition ?? []).map(conditionTest);
  if (conditions.length > 0) return text(200, `${await waitFor(engine, path.name, conditions, signal)}\n`);
  const exitCode =
    engine.containers.removedExitCode(path.name) ??
    (await engine.containers.wait(path.name, 'not-running', signal)).exitCode;
  return text(200, `${exitCode}\n`);
});

type Test = (record: ContainerRecord) => boolean;

async function waitFor(engine: Engine, name: string, tests: readonly Test[], signal: AbortSignal): Promise<number> {
  const { id } = engine.containers.inspect(name);
  let last: ContainerRecord | undefined;
  const { exitCode } = await engine.containers.wait(
    id,
    (record) => {
      last = record;
      return tests.some((test) => test(record));
    },
    signal,
  );
  return last === undefined || last.state.status === 'exited' || last.state.status === 'removing' ? exitCode : NO_EXIT;
}

function conditionTest(condition: string): Test {
  switch (condition.toLowerCase()) {
    case 'configured':
    case 'created':
      return (record) => stateWord(record) === 'created';
    case 'stopped':
    case 'exited':
      return (record) => stateWord(record) === 'exited';
    case 'initialized':
    case 'running':
    case 'paused':
    case 'stopping':
    case 'removing':
    case 'unknown':
      return (record) => stateWord(record) === condition.toLowerCase();
    case 'healthy':
    case 'unhealthy':
      return ({ state }) => state.health?.status === condition.toLowerCase();
    default:
      return invalid(`unknown container state: ${condition}`);
  }
}
