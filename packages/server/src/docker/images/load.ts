import { imageLoad } from '@selkie/contract/docker/image-transfer';
import type { LoadedImage } from '@selkie/engine/images/load';
import { handler, ndjson } from '../../http/handler.ts';
import { loadLine } from '../../present/load-lines.ts';
import { Progress } from '../../stdio/progress.ts';
import { invalid } from '../../translate/refuse.ts';
import { readPlatform } from './platform.ts';
import { familiarText } from './present/names.ts';

/** An archive that is no good is told in the stream: the client is still sending when the answer begins. */
export const load = handler(imageLoad, ({ query, upload, engine, signal }) => {
  const { quiet, platform: platforms = [] } = query;
  if (platforms.length > 1) invalid('one platform can be loaded at a time');
  const [platform] = platforms;
  const lines = new Progress<object>();
  engine.images
    .load(upload, {
      signal,
      ...(platform ? { platform: readPlatform(platform) } : {}),
      ...(quiet ? {} : { onProgress: (progress) => lines.push(...loadLine(progress)) }),
    })
    .then(
      (loaded) => lines.end(...loaded.flatMap(loadedLines)),
      (error: unknown) => lines.fail(error),
    );
  return ndjson(lines);
});

function loadedLines({ image, names }: LoadedImage): object[] {
  if (names.length === 0) return [{ stream: `Loaded image ID: ${image.id}\n` }];
  return names.map((name) => ({ stream: `Loaded image: ${familiarText(name)}\n` }));
}
