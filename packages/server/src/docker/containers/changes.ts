import { containerChanges } from '@selkie/contract/docker/container-files';
import { handler, json } from '../../http/handler.ts';
import { presentChanges } from '../../present/changes.ts';

export const changes = handler(containerChanges, async ({ path, engine, signal }) =>
  json(200, presentChanges(await engine.containers.changes(path.id, signal))),
);
