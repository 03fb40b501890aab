import { SelkieError } from '@selkie/contract';
import { imagePush } from '@selkie/contract/docker/image-transfer';
import { compareVersions } from '@selkie/contract/versions';
import type { Engine } from '@selkie/engine';
import type { ImageRecord } from '@selkie/engine/images/record';
import {
  type FullReference,
  familiarName,
  formatReference,
  parseDockerReference,
  parseStored,
  repositoryName,
} from '@selkie/engine/images/reference';
import { handler, ndjson } from '../../http/handler.ts';
import { beginPushLine, closingPushLines, pushLine } from '../../present/push-lines.ts';
import { Progress } from '../../stdio/progress.ts';
import { invalid } from '../../translate/refuse.ts';
import { registryCredentials } from '../../translate/registry-auth.ts';
import { forPlatform } from './platform.ts';

interface Pushed {
  readonly image: ImageRecord;
  readonly reference: FullReference;
}

export const push = handler(imagePush, ({ path, query, headers, version, engine, signal }) => {
  const name = parseDockerReference(path.name);
  if (name.digest !== undefined) invalid('cannot push a digest reference');
  const { tag = name.tag, platform } = query;
  const pushed = tag ? [one(engine, { ...name, tag }, platform)] : all(engine, name, platform);
  const credentials = registryCredentials(headers)(name.domain);
  const drawn = compareVersions(version, '1.52') < 0;
  const lines = new Progress<object>();
  lines.push(beginPushLine(name));
  const work = async () => {
    for (const { image, reference } of pushed) {
      const result = await engine.images.push(image, reference, {
        signal,
        ...(credentials && { credentials }),
        onProgress: (progress) => lines.push(pushLine(progress, drawn)),
      });
      lines.push(...closingPushLines(result));
    }
  };
  work().then(
    () => lines.end(),
    (error: unknown) => lines.fail(error),
  );
  return ndjson(lines);
});

function one(engine: Engine, reference: FullReference, platform: string | undefined): Pushed {
  const name = formatReference(reference);
  return { image: forPlatform(engine.images.find(name), name, platform), reference };
}

/** Every tag of a repository. */
function all(engine: Engine, name: FullReference, platform: string | undefined): Pushed[] {
  const repository = repositoryName(name);
  const tags = engine.images
    .list()
    .flatMap(({ names }) => names.map(parseStored))
    .filter((reference) => repositoryName(reference) === repository);
  if (tags.length === 0) throw new SelkieError('NO_SUCH_IMAGE', { name: familiarName(name) });
  return tags.map((reference) => one(engine, reference, platform));
}
