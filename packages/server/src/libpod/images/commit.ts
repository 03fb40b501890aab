import { imageCommit } from '@selkie/contract/libpod/image-transfer';
import type { ManifestFormat } from '@selkie/engine/images/write-manifest';
import { handler, json, ndjson } from '../../http/handler.ts';
import { invalid } from '../../translate/refuse.ts';
import { targetName } from '../../translate/target-name.ts';
import { bareId } from '../containers/present/image.ts';

export const commit = handler(imageCommit, async ({ query, engine, signal }) => {
  const { container, repo, tag, author, comment, changes = [], pause, squash, stream } = query;
  if (!repo && tag) invalid('a tag needs a repository');
  const image = await engine.containers.commit(
    container,
    {
      names: engine.shortNames,
      pause,
      squash,
      changes,
      format: formatOf(query.format),
      ...(repo ? { name: targetName({ repo, ...(tag ? { tag } : {}) }) } : {}),
      ...(author ? { author } : {}),
      ...(comment ? { comment } : {}),
    },
    signal,
  );
  const id = bareId(image.id);
  // Clients that ask for progress take the line that looks like an ID for the result.
  return stream ? ndjson(once({ stream: `${id}\n` })) : json(200, { Id: id });
});

/** @throws SelkieError INVALID_PARAMETER */
export function formatOf(text = ''): ManifestFormat {
  switch (text.toLowerCase()) {
    case '':
    case 'oci':
      return 'oci';
    case 'docker':
    case 'v2s2':
      return 'docker';
    default:
      return invalid(`unknown manifest format ${JSON.stringify(text)}`);
  }
}

async function* once(line: object): AsyncGenerator<object> {
  yield line;
}
