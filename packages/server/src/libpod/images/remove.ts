import { isSelkieError } from '@selkie/contract';
import { imageDelete } from '@selkie/contract/libpod/image-remove';
import { handler, json } from '../../http/handler.ts';
import { unsupported } from '../../translate/refuse.ts';
import { removeImage, report } from './removal.ts';

export const remove = handler(imageDelete, async ({ path, query, engine, signal }) => {
  if (query.lookupManifest) unsupported('lookupManifest', 'there are no manifest lists');
  try {
    return json(200, report([await removeImage(engine, path.name, { force: query.force, noprune: false }, signal)]));
  } catch (error) {
    if (query.ignore && isSelkieError(error, 'NO_SUCH_IMAGE')) return json(200, report([]));
    throw error;
  }
});
