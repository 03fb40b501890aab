import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { PruneReport } from './types/common.ts';
import { ImageRemoveReport } from './types/images.ts';

export const imageDelete = operation({
  group: 'libpod',
  area: 'images',
  method: 'DELETE',
  path: '/libpod/images/{name:*}',
  operationId: 'ImageDeleteLibpod',
  summary: 'Remove an image',
  query: t.object({
    force: t.flag('With the containers that use it'),
    ignore: t.flag('No error where there is none'),
    lookupManifest: t.flag('A name means the manifest list, not an image of it'),
  }),
  responses: { 200: { description: 'What was removed', schema: ImageRemoveReport } },
  errors: [404, 409],
  stream: 'json',
  permission: 'images:write',
});

export const imageDeleteAll = operation({
  group: 'libpod',
  area: 'images',
  method: 'DELETE',
  path: '/libpod/images/remove',
  operationId: 'ImageDeleteAllLibpod',
  summary: 'Remove several images',
  query: t.object({
    images: t.optional(t.array(t.string(), 'Which of them')),
    all: t.flag('Every image'),
    force: t.flag('With the containers that use them'),
    ignore: t.flag('No error where there is none'),
    lookupManifest: t.flag('A name means the manifest list, not an image of it'),
    noprune: t.flag('Keep untagged parents'),
  }),
  responses: { 200: { description: 'What was removed, and what failed', schema: ImageRemoveReport } },
  errors: [404],
  stream: 'json',
  permission: 'images:write',
});

export const imagePrune = operation({
  group: 'libpod',
  area: 'images',
  method: 'POST',
  path: '/libpod/images/prune',
  operationId: 'ImagePruneLibpod',
  summary: 'Remove images that nothing uses',
  query: t.object({
    all: t.flag('Also those with a name'),
    external: t.flag('Also what other tools use'),
    buildcache: t.flag('Also the build cache'),
    filters: t.filters('Which of them'),
  }),
  responses: { 200: { description: 'One object per image', schema: t.array(PruneReport) } },
  errors: [404],
  stream: 'json',
  permission: 'images:write',
});
