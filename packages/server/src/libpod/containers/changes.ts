import { containerChanges } from '@selkie/contract/libpod/container-files';
import { handler, json } from '../../http/handler.ts';
import { presentChanges } from '../../present/changes.ts';
import { invalid, unsupported } from '../../translate/refuse.ts';

export const changes = handler(containerChanges, async ({ path, query, engine, signal }) => {
  if (query.parent) unsupported('parent', 'a container is compared with its image');
  const { diffType = 'container' } = query;
  if (diffType !== 'container' && diffType !== 'all')
    invalid(`invalid diffType ${JSON.stringify(diffType)} for a container`);
  return json(200, presentChanges(await engine.containers.changes(path.name, signal)));
});
