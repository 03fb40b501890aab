import { imageChanges } from '@selkie/contract/libpod/images';
import { handler, json } from '../../http/handler.ts';
import { presentChanges } from '../../present/changes.ts';
import { changesOf } from '../changes.ts';

export const changes = handler(imageChanges, async ({ path, query, engine, signal }) =>
  json(200, presentChanges(await changesOf(engine, path.name, query, 'image', signal))),
);
