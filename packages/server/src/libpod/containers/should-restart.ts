import { SelkieError } from '@selkie/contract';
import { containerShouldRestart } from '@selkie/contract/libpod/container-lifecycle';
import { wantsRestart } from '@selkie/engine/containers/restart-policy';
import { empty, handler } from '../../http/handler.ts';

/** Clients ask before they remove one that was to be removed after its end, and read any error as a no. */
export const shouldRestart = handler(containerShouldRestart, ({ path, engine }) => {
  const record = engine.containers.inspect(path.name);
  if (wantsRestart(record)) return empty(204);
  throw new SelkieError('CONTAINER_STATE', { reason: `container ${record.id} is not to be started again` });
});
