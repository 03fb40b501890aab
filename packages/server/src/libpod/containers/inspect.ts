import { containerInspect } from '@selkie/contract/libpod/containers';
import { compareVersions } from '@selkie/contract/versions';
import { handler, json } from '../../http/handler.ts';
import { presentContainer } from './present/container.ts';
import { presentContainerV4 } from './present/v4.ts';

export const inspect = handler(containerInspect, async ({ path, query, version, engine, signal }) => {
  const record = engine.containers.inspect(path.name);
  const size = query.size ? await engine.containers.size(record.id, signal) : undefined;
  const document = presentContainer(record, {
    details: engine.containers.details(record.id),
    execIds: engine.execs.ofContainer(record.id).map(({ id }) => id),
    dependencies: engine.containers.dependencies(record.id),
    ...(size ? { size } : {}),
  });
  return json(200, compareVersions(version, '5.0.0') < 0 ? presentContainerV4(document, record) : document);
});
