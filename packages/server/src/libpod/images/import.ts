import { imageImport } from '@selkie/contract/libpod/image-transfer';
import { handler, json } from '../../http/handler.ts';
import { sourceUrl } from '../../translate/source-url.ts';
import { platformOf } from './platform.ts';

export const importImage = handler(imageImport, async ({ query, upload, engine, signal }) => {
  const { changes = [], message, reference, URL: url, OS, Architecture, Variant } = query;
  const platform = platformOf(OS, Architecture, Variant);
  const image = await engine.images.import(url ? sourceUrl(url) : upload, {
    names: engine.shortNames,
    signal,
    changes,
    message: message || 'imported from tarball',
    ...(reference ? { name: reference } : {}),
    ...(platform && { platform }),
  });
  return json(200, { Id: image.id });
});
