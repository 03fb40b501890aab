import { containerChanges } from '@selkie/contract/libpod/container-files';
import { handler, json } from '../../http/handler.ts';
import { presentChanges } from '../../present/changes.ts';
import { changesOf } from '../changes.ts';

export const changes = handler(containerChanges, async ({ path, query, engine, signal }) =>
  json(200, presentChanges(await changesOf(engine, path.name, query, 'container', signal))),
);
