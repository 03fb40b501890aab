import { imageCreate } from '@selkie/contract/docker/image-transfer';

import type { LayerProgress } from '@selkie/engine/images/context';
import { parsePlatform } from '@selkie/engine/images/platform';
import type { PullResult } from '@selkie/engine/images/pull';
import { familiar, onDockerHub, parseReference } from '@selkie/engine/images/reference';
import { afterFirst, handler, ndjson } from '../../http/handler.ts';
import { Progress } from '../../stdio/progress.ts';
import { invalid } from '../../translate/refuse.ts';
import { registryAuth } from '../../translate/registry-auth.ts';

const WORDS: Readonly<Record<LayerProgress['status'], string>> = {
  'pulling-fs-layer': 'Pulling fs layer',
  waiting: 'Waiting',
  downloading: 'Downloading',
  'download-complete': 'Download complete',
  extracting: 'Extracting',
  'pull-complete': 'Pull complete',
  'already-exists': 'Already exists',
};

/** A failure before anything was said becomes the status of the answer; later ones are a line of the stream. */
export const pull = handler(imageCreate, async ({ query, headers, engine, signal }) => {
  if (!query.fromImage) invalid('fromImage is needed');
  const reference = withTag(query.fromImage, query.tag);
  const credentials = registryAuth(headers['x-registry-auth'], onDockerHub(parseReference(reference)).domain);
  const lines = new Progress<object>();
  const pulled = engine.images.pull(reference, {
    signal,
    ...(query.platform ? { platform: parsePlatform(query.platform) } : {}),
    ...(credentials ? { credentials } : {}),
    onBegin: (found) =>
      lines.push({ status: `Pulling from ${familiar({ ...found, tag: undefined })}`, id: found.tag ?? found.digest }),
    onProgress: (progress) => lines.push(layerLine(progress)),
  });
  pulled.then(
    (result) => lines.end(...closing(result)),
    (error: unknown) => lines.fail(error),
  );
  return ndjson(await afterFirst(lines));
});

/** `tag` may be a tag or a digest. */
function withTag(name: string, tag: string | undefined): string {
  if (!tag) return name;
  return tag.includes(':') ? `${name}@${tag}` : `${name}:${tag}`;
}

function layerLine({ id, status, current, total }: LayerProgress): object {
  return {
    status: WORDS[status],
    progressDetail: current === undefined ? {} : { current, ...(total === undefined ? {} : { total }) },
    id,
  };
}

function closing({ digest, changed, reference, image }: PullResult): object[] {
  const name = familiar(reference);
  return [
    { status: `Digest: ${digest ?? image.manifestDigest}` },
    { status: changed ? `Status: Downloaded newer image for ${name}` : `Status: Image is up to date for ${name}` },
  ];
}
