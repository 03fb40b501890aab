import { containerWait } from '@selkie/contract/docker/container-lifecycle';
import type { WaitResult } from '@selkie/engine/containers/wait';
import { handler, ndjson } from '../../http/handler.ts';

/** The headers go out at once, so that a client knows it is being waited for before it starts the container. */
export const wait = handler(containerWait, ({ path, query, engine, signal }) => {
  const ended = engine.containers.wait(path.id, query.condition || 'not-running', signal);
  ended.catch(() => {}); // Reported while the answer is read.
  return ndjson(answer(ended, query.condition === 'removed'));
});

/** That a start failed was told to whoever started it; a client that waits for the removal would say it a second time. */
async function* answer(ended: Promise<WaitResult>, removed: boolean) {
  const { exitCode, error } = await ended;
  yield { StatusCode: exitCode, ...(error && !removed ? { Error: { Message: error } } : {}) };
}
