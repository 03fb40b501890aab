import { imageGet, imageGetAll } from '@selkie/contract/docker/image-transfer';
import type { Engine } from '@selkie/engine';
import { handler, type Reply, raw } from '../../http/handler.ts';
import { forPlatform } from './platform.ts';

const TAR = 'application/x-tar';

export const save = handler(imageGet, ({ path, query, engine, signal }) =>
  archive(engine, [path.name], query.platform, signal),
);

export const saveAll = handler(imageGetAll, ({ query, engine, signal }) =>
  archive(engine, query.names ?? [], query.platform, signal),
);

function archive(
  engine: Engine,
  names: readonly string[],
  platforms: readonly string[] = [],
  signal: AbortSignal,
): Reply {
  // An image is here for one platform: each of those asked for must be it.
  for (const name of names) for (const platform of platforms) forPlatform(engine.images.find(name), name, platform);
  return raw(engine.images.save(names, { signal, allTags: true }), TAR);
}
