import { containerPrune } from '@selkie/contract/libpod/containers';
import { handler, json } from '../../http/handler.ts';
import { errorText } from './error-text.ts';

export const prune = handler(containerPrune, async ({ query, engine, signal }) => {
  const { removed, errors } = await engine.containers.prune(query.filters, signal);
  return json(200, [
    ...removed.map(({ id, size }) => ({ Id: id, Size: size })),
    ...errors.map(({ id, error }) => ({ Id: id, Err: errorText(error), Size: 0 })),
  ]);
});
