import { isSelkieError } from '@selkie/contract';
import { imageDeleteAll } from '@selkie/contract/libpod/image-remove';
import type { Removal } from '@selkie/engine/images/remove';
import { handler, json } from '../../http/handler.ts';
import { unsupported } from '../../translate/refuse.ts';
import { removeImage, report } from './removal.ts';

/** One that cannot be removed does not keep the others; what went wrong is part of the success. */
export const removeAll = handler(imageDeleteAll, async ({ query, engine, signal }) => {
  if (query.lookupManifest) unsupported('lookupManifest', 'there are no manifest lists');
  const { images = [], all, ignore, force, noprune } = query;
  const removals: Removal[] = [];
  const errors: unknown[] = [];
  const attempt = async (work: () => Promise<Removal>, mayBeGone: boolean) => {
    try {
      removals.push(await work());
    } catch (error) {
      signal.throwIfAborted();
      if (!mayBeGone || !isSelkieError(error, 'NO_SUCH_IMAGE')) errors.push(error);
    }
  };
  for (const name of images) await attempt(() => removeImage(engine, name, { force, noprune }, signal), ignore);
  if (all) {
    const used = new Set(engine.containers.all().map(({ image }) => image?.id));
    // Newest first: what was made of another image goes before it.
    for (const { id } of engine.images.list()) {
      const names = !used.has(id) || force;
      await attempt(() => removeImage(engine, id, { force: names, noprune }, signal), true);
    }
  }
  return json(200, report(removals, errors));
});
