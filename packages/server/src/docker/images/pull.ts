import { imageCreate } from '@selkie/contract/docker/image-transfer';
import { compareVersions } from '@selkie/contract/versions';
import type { LayerProgress } from '@selkie/engine/images/context';
import type { PullResult } from '@selkie/engine/images/pull';
import { type FullReference, parseReference } from '@selkie/engine/images/reference';
import { afterFirst, handler, ndjson } from '../../http/handler.ts';
import { beginLine, closingLines, layerLine } from '../../present/pull-lines.ts';
import { Progress } from '../../stdio/progress.ts';
import { invalid } from '../../translate/refuse.ts';
import { registryCredentials } from '../../translate/registry-auth.ts';
import { readPlatform } from './platform.ts';

/** A failure before anything was said becomes the status of the answer; later ones are a line of the stream. */
export const pull = handler(imageCreate, async ({ query, headers, version, engine, signal }) => {
  if (!query.fromImage) invalid('fromImage is needed');
  const reference = withTag(query.fromImage, query.tag);
  const drawn = compareVersions(version, '1.52') < 0;
  const lines = new Progress<object>();
  const options = {
    signal,
    ...(query.platform ? { platform: readPlatform(query.platform) } : {}),
    credentials: registryCredentials(headers),
    onBegin: (found: FullReference) => lines.push(beginLine(found)),
    onProgress: (progress: LayerProgress) => lines.push(layerLine(progress, drawn)),
    onPulled: (result: PullResult) => lines.push(...closingLines(result)),
  };
  const pulled = namesOne(reference)
    ? engine.images.pull(reference, options).then(options.onPulled)
    : engine.images.pullAll(reference, options);
  pulled.then(
    () => lines.end(),
    (error: unknown) => lines.fail(error),
  );
  return ndjson(await afterFirst(lines));
});

/** Without tag and digest every tag is meant. */
function namesOne(name: string): boolean {
  const { tag, digest } = parseReference(name);
  return tag !== undefined || digest !== undefined;
}

/** `tag` may be a tag or a digest. */
function withTag(name: string, tag: string | undefined): string {
  if (!tag) return name;
  return tag.includes(':') ? `${name}@${tag}` : `${name}:${tag}`;
}
