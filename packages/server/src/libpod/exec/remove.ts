import { execRemove } from '@selkie/contract/libpod/exec';
import { empty, handler } from '../../http/handler.ts';

export const remove = handler(execRemove, ({ path, body, engine }) => {
  engine.execs.remove(path.id, body?.Force ?? false);
  return empty(200);
});
