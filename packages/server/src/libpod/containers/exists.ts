import { containerExists } from '@selkie/contract/libpod/containers';
import { empty, handler } from '../../http/handler.ts';

/** `external` adds nothing: no other tool has containers in the engine's storage. */
export const exists = handler(containerExists, ({ path, engine }) => {
  engine.containers.inspect(path.name);
  return empty(204);
});
