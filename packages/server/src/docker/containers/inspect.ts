import { containerInspect } from '@selkie/contract/docker/containers';
import { handler, json } from '../../http/handler.ts';
import { presentContainer } from './present/container.ts';

export const inspect = handler(containerInspect, async ({ path, query, version, engine, signal }) => {
  const record = engine.containers.inspect(path.id);
  const size = query.size ? await engine.containers.size(record.id, signal) : undefined;
  const facts = {
    version,
    runtime: engine.containers.runtimeName(record),
    logPath: engine.containers.logPath(record),
    filesDirectory: engine.containers.filesDirectory(record),
    upperDirectory: engine.containers.upperDirectory(record),
    execIds: engine.execs.ofContainer(record.id).map(({ id }) => id),
  };
  return json(200, presentContainer(record, facts, size));
});
