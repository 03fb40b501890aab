import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { FilesystemChange } from './types/container-runtime.ts';
import { ImageHistoryItem, ImageInspect, ImageSearchResult, ImageSummary, ImageTreeReport } from './types/images.ts';

export const imageList = operation({
  group: 'libpod',
  area: 'images',
  method: 'GET',
  path: '/libpod/images/json',
  operationId: 'ImageListLibpod',
  summary: 'List images',
  query: t.object({
    all: t.flag('Include untagged parents'),
    filters: t.filters('Conditions on what is listed'),
    'shared-size': t.flag('Compute SharedSize'),
    digests: t.flag('Add the digests'),
  }),
  responses: { 200: { description: 'Images', schema: t.array(ImageSummary) } },
  errors: [404],
  stream: 'json',
  permission: 'images:read',
});

export const imageInspect = operation({
  group: 'libpod',
  area: 'images',
  method: 'GET',
  path: '/libpod/images/{name:*}/json',
  operationId: 'ImageInspectLibpod',
  summary: 'Inspect an image',
  responses: { 200: { description: 'The image', schema: ImageInspect } },
  errors: [404],
  stream: 'json',
  permission: 'images:read',
});

export const imageExists = operation({
  group: 'libpod',
  area: 'images',
  method: 'GET',
  path: '/libpod/images/{name:*}/exists',
  operationId: 'ImageExistsLibpod',
  summary: 'Tell whether there is such an image',
  responses: { 204: { description: 'There is' } },
  errors: [404],
  stream: 'none',
  permission: 'images:read',
});

export const imageHistory = operation({
  group: 'libpod',
  area: 'images',
  method: 'GET',
  path: '/libpod/images/{name:*}/history',
  operationId: 'ImageHistoryLibpod',
  summary: 'List how an image was made',
  responses: { 200: { description: 'Steps, latest first', schema: t.array(ImageHistoryItem) } },
  errors: [404],
  stream: 'json',
  permission: 'images:read',
});

export const imageTree = operation({
  group: 'libpod',
  area: 'images',
  method: 'GET',
  path: '/libpod/images/{name:*}/tree',
  operationId: 'ImageTreeLibpod',
  summary: 'Draw the layers of an image',
  query: t.object({
    whatrequires: t.flag('Show what builds on its layers'),
  }),
  responses: { 200: { description: 'The drawing', schema: ImageTreeReport } },
  errors: [404],
  stream: 'json',
  permission: 'images:read',
});

export const imageResolve = operation({
  group: 'libpod',
  area: 'images',
  method: 'GET',
  path: '/libpod/images/{name:*}/resolve',
  operationId: 'ImageResolveLibpod',
  summary: 'List what a short name may stand for',
  responses: { 200: { description: 'Full names', schema: t.object({ Names: t.array(t.string()) }) } },
  stream: 'json',
  permission: 'images:read',
});

export const imageTag = operation({
  group: 'libpod',
  area: 'images',
  method: 'POST',
  path: '/libpod/images/{name:*}/tag',
  operationId: 'ImageTagLibpod',
  summary: 'Give an image another name',
  query: t.object({
    repo: t.optional(t.string('Repository, without tag')),
    tag: t.optional(t.string('Tag')),
  }),
  responses: { 201: { description: 'Tagged' } },
  errors: [404, 409],
  stream: 'none',
  permission: 'images:write',
});

export const imageUntag = operation({
  group: 'libpod',
  area: 'images',
  method: 'POST',
  path: '/libpod/images/{name:*}/untag',
  operationId: 'ImageUntagLibpod',
  summary: 'Take a name from an image; all of them where none is given',
  query: t.object({
    repo: t.optional(t.string('Repository, without tag')),
    tag: t.optional(t.string('Tag')),
  }),
  responses: { 201: { description: 'Untagged' } },
  errors: [404, 409],
  stream: 'none',
  permission: 'images:write',
});

export const imageChanges = operation({
  group: 'libpod',
  area: 'images',
  method: 'GET',
  path: '/libpod/images/{name:*}/changes',
  operationId: 'ImageChangesLibpod',
  summary: 'List what the last layer of an image changed',
  query: t.object({
    parent: t.optional(t.string('Compare with this container or image')),
    diffType: t.optional(t.string('all, container or image')),
  }),
  responses: {
    200: { description: 'Changes, null where there are none', schema: t.nullable(t.array(FilesystemChange)) },
  },
  errors: [404],
  stream: 'json',
  permission: 'images:read',
});

export const imageSearch = operation({
  group: 'libpod',
  area: 'images',
  method: 'GET',
  path: '/libpod/images/search',
  operationId: 'ImageSearchLibpod',
  summary: 'Look for images in registries',
  query: t.object({
    term: t.string('Text to look for'),
    limit: t.optional(t.integer('At most this many')),
    listTags: t.flag('List the tags of a repository instead'),
    tlsVerify: t.optional(t.boolean("Check the registry's certificate and insist on TLS")),
    filters: t.filters('Conditions on what is listed'),
  }),
  headers: t.object({
    'x-registry-auth': t.optional(t.string('Credentials, base64url JSON')),
    'x-registry-config': t.optional(t.string('Credentials by registry, base64url JSON')),
  }),
  responses: { 200: { description: 'What was found', schema: t.array(ImageSearchResult) } },
  errors: [404],
  stream: 'json',
  permission: 'images:read',
});
