import { imageCommit } from '@selkie/contract/docker/image-transfer';
import { dockerNames } from '@selkie/engine/images/short-names';
import { handler, json } from '../../http/handler.ts';
import { invalid } from '../../translate/refuse.ts';
import { targetName } from '../../translate/target-name.ts';
import { imageConfig } from './translate/image-config.ts';

export const commit = handler(imageCommit, async ({ query, body, engine, signal }) => {
  const { container, repo, tag, author, comment, pause, changes = [] } = query;
  if (!container) invalid('container is needed');
  const image = await engine.containers.commit(
    container,
    {
      names: dockerNames,
      pause,
      changes,
      format: 'docker',
      ...(repo ? { name: targetName({ repo, ...(tag ? { tag } : {}) }) } : {}),
      ...(author ? { author } : {}),
      ...(comment ? { comment } : {}),
      ...(body ? { config: imageConfig(body) } : {}),
    },
    signal,
  );
  return json(201, { Id: image.id });
});
