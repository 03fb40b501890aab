import { imageImport } from '@selkie/contract/docker/image-transfer';
import { handler, ndjson } from '../../http/handler.ts';
import { Progress } from '../../stdio/progress.ts';
import { invalid } from '../../translate/refuse.ts';
import { sourceUrl } from '../../translate/source-url.ts';
import { targetName } from '../../translate/target-name.ts';
import { readPlatform } from './platform.ts';

export const importImage = handler(imageImport, ({ query, upload, engine, signal }) => {
  const { fromSrc, repo, tag, message, changes = [], platform } = query;
  if (!fromSrc) invalid('fromSrc is needed');
  const url = fromSrc === '-' ? undefined : sourceUrl(fromSrc);
  const lines = new Progress<object>();
  if (url !== undefined) lines.push({ status: `Downloading from ${url.href}` });
  engine.images
    .import(url ?? upload, {
      signal,
      changes,
      message: message || `Imported from ${fromSrc}`,
      format: 'docker',
      ...(repo ? { name: targetName({ repo, ...(tag ? { tag } : {}) }) } : {}),
      ...(platform ? { platform: readPlatform(platform) } : {}),
    })
    .then(
      (image) => lines.end({ status: image.id }),
      (error: unknown) => lines.fail(error),
    );
  return ndjson(lines);
});
