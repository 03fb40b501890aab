import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { ImageInspect } from './types/image-inspect.ts';
import { ImageSummary } from './types/image-list.ts';
import {
  AttestationStatement,
  ImageDeleteResponseItem,
  ImageHistoryResponseItem,
  ImagePruneResponse,
  ImageSearchResult,
} from './types/images.ts';

export const imageList = operation({
  group: 'docker',
  area: 'images',
  method: 'GET',
  path: '/images/json',
  operationId: 'ImageList',
  summary: 'List images',
  query: t.object({
    all: t.flag('Include untagged parents'),
    filters: t.filters('Conditions on what is listed'),
    'shared-size': t.flag('Compute SharedSize'),
    digests: t.flag('Add the digests'),
    manifests: t.flag('Add the platform variants'),
    identity: t.flag('Add where the image comes from'),
  }),
  responses: { 200: { description: 'Images', schema: t.array(ImageSummary) } },
  errors: [404],
  stream: 'json',
  permission: 'images:read',
});

export const imageInspect = operation({
  group: 'docker',
  area: 'images',
  method: 'GET',
  path: '/images/{name:*}/json',
  operationId: 'ImageInspect',
  summary: 'Inspect an image',
  query: t.object({
    manifests: t.flag('Add the platform variants'),
    platform: t.optional(t.string('Platform, `os[/arch[/variant]]` or JSON')),
  }),
  responses: { 200: { description: 'The image', schema: ImageInspect } },
  errors: [404],
  stream: 'json',
  permission: 'images:read',
});

export const imageHistory = operation({
  group: 'docker',
  area: 'images',
  method: 'GET',
  path: '/images/{name:*}/history',
  operationId: 'ImageHistory',
  summary: 'List how an image was made',
  query: t.object({
    platform: t.optional(t.string('Platform, `os[/arch[/variant]]` or JSON')),
  }),
  responses: { 200: { description: 'Steps, latest first', schema: t.array(ImageHistoryResponseItem) } },
  errors: [404],
  stream: 'json',
  permission: 'images:read',
});

export const imageTag = operation({
  group: 'docker',
  area: 'images',
  method: 'POST',
  path: '/images/{name:*}/tag',
  operationId: 'ImageTag',
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

export const imageDelete = operation({
  group: 'docker',
  area: 'images',
  method: 'DELETE',
  path: '/images/{name:*}',
  operationId: 'ImageDelete',
  summary: 'Remove an image',
  query: t.object({
    force: t.flag('Even where stopped containers use it or it has several names'),
    noprune: t.flag('Keep untagged parents'),
    platforms: t.optional(t.array(t.string(), 'Only these platforms of it, JSON each')),
  }),
  responses: { 200: { description: 'What was removed', schema: t.array(ImageDeleteResponseItem) } },
  errors: [404, 409],
  stream: 'json',
  permission: 'images:write',
});

export const imagePrune = operation({
  group: 'docker',
  area: 'images',
  method: 'POST',
  path: '/images/prune',
  operationId: 'ImagePrune',
  summary: 'Remove images that nothing uses',
  since: '1.25',
  query: t.object({
    filters: t.filters('Which of them'),
  }),
  responses: { 200: { description: 'What was removed', schema: ImagePruneResponse } },
  errors: [409],
  stream: 'json',
  permission: 'images:write',
});

export const imageSearch = operation({
  group: 'docker',
  area: 'images',
  method: 'GET',
  path: '/images/search',
  operationId: 'ImageSearch',
  summary: 'Look for images in a registry',
  query: t.object({
    term: t.string('Text to look for'),
    limit: t.optional(t.integer('At most this many')),
    filters: t.filters('Conditions on what is listed'),
  }),
  headers: t.object({
    'x-registry-auth': t.optional(t.string('Credentials, base64url JSON')),
  }),
  responses: { 200: { description: 'What was found', schema: t.array(ImageSearchResult) } },
  stream: 'json',
  permission: 'images:read',
});

export const imageAttestations = operation({
  group: 'docker',
  area: 'images',
  method: 'GET',
  path: '/images/{name:*}/attestations',
  operationId: 'ImageAttestations',
  summary: 'List the attestations of an image',
  since: '1.55',
  query: t.object({
    platform: t.optional(t.string('Platform, `os[/arch[/variant]]` or JSON')),
    type: t.optional(t.array(t.string(), 'Only these predicate types')),
    statement: t.flag('Add the statements'),
  }),
  responses: { 200: { description: 'Attestations', schema: t.array(AttestationStatement) } },
  errors: [404, 501],
  stream: 'json',
  permission: 'images:read',
});
