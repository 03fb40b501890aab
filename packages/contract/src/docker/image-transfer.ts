import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { IDResponse } from './types/common.ts';
import { ContainerConfig } from './types/container-config.ts';
import { BuildInfo, CreateImageInfo, PushImageInfo } from './types/images.ts';

export const imageCreate = operation({
  group: 'docker',
  area: 'images',
  method: 'POST',
  path: '/images/create',
  operationId: 'ImageCreate',
  summary: 'Pull an image',
  whenQuery: 'fromImage',
  query: t.object({
    fromImage: t.string('Image to pull'),
    tag: t.optional(t.string('Tag or digest; every tag where absent')),
    platform: t.optional(t.string('Platform, `os[/arch[/variant]]` or JSON')),
  }),
  headers: t.object({
    'x-registry-auth': t.optional(t.string('Credentials, base64url JSON')),
  }),
  responses: { 200: { description: 'Progress', schema: CreateImageInfo } },
  errors: [401, 404],
  stream: 'ndjson',
  permission: 'images:write',
});

export const imageImport = operation({
  group: 'docker',
  area: 'images',
  method: 'POST',
  path: '/images/create',
  operationId: 'ImageCreateFromSource',
  summary: 'Make an image from a tar',
  whenQuery: 'fromSrc',
  query: t.object({
    fromSrc: t.string('Where the tar comes from; `-` is the request body'),
    repo: t.optional(t.string('Repository, without tag')),
    tag: t.optional(t.string('Tag')),
    message: t.optional(t.string('Commit message')),
    changes: t.optional(t.array(t.string(), 'Dockerfile instructions to apply')),
    platform: t.optional(t.string('Platform, `os[/arch[/variant]]` or JSON')),
  }),
  upload: ['application/x-tar', 'application/octet-stream', 'text/plain'],
  responses: { 200: { description: 'Progress', schema: CreateImageInfo } },
  errors: [404],
  stream: 'ndjson',
  permission: 'images:write',
});

export const imagePush = operation({
  group: 'docker',
  area: 'images',
  method: 'POST',
  path: '/images/{name:*}/push',
  operationId: 'ImagePush',
  summary: 'Push an image',
  query: t.object({
    tag: t.optional(t.string('Tag; every tag where absent')),
    platform: t.optional(t.string('Platform, `os[/arch[/variant]]` or JSON')),
  }),
  headers: t.object({
    'x-registry-auth': t.optional(t.string('Credentials, base64url JSON')),
  }),
  responses: { 200: { description: 'Progress', schema: PushImageInfo } },
  errors: [401, 403, 404],
  stream: 'ndjson',
  permission: 'images:write',
});

export const imageLoad = operation({
  group: 'docker',
  area: 'images',
  method: 'POST',
  path: '/images/load',
  operationId: 'ImageLoad',
  summary: 'Load images from an archive',
  query: t.object({
    quiet: t.flag('No progress'),
    platform: t.optional(t.array(t.string(), 'Only these platforms, JSON each')),
  }),
  upload: ['application/x-tar', 'application/octet-stream'],
  responses: { 200: { description: 'Progress', schema: BuildInfo } },
  stream: 'ndjson',
  permission: 'images:write',
});

export const imageGet = operation({
  group: 'docker',
  area: 'images',
  method: 'GET',
  path: '/images/{name:*}/get',
  operationId: 'ImageGet',
  summary: 'Save an image as an archive',
  query: t.object({
    platform: t.optional(t.array(t.string(), 'Only these platforms, JSON each')),
  }),
  responses: { 200: { description: 'A tar of it' } },
  errors: [404],
  stream: 'tar',
  permission: 'images:read',
});

export const imageGetAll = operation({
  group: 'docker',
  area: 'images',
  method: 'GET',
  path: '/images/get',
  operationId: 'ImageGetAll',
  summary: 'Save several images as one archive',
  query: t.object({
    names: t.optional(t.array(t.string(), 'Images')),
    platform: t.optional(t.array(t.string(), 'Only these platforms, JSON each')),
  }),
  responses: { 200: { description: 'A tar of them' } },
  errors: [404],
  stream: 'tar',
  permission: 'images:read',
});

export const imageCommit = operation({
  group: 'docker',
  area: 'images',
  method: 'POST',
  path: '/commit',
  operationId: 'ImageCommit',
  summary: 'Make an image from a container',
  query: t.object({
    container: t.optional(t.string('Container')),
    repo: t.optional(t.string('Repository, without tag')),
    tag: t.optional(t.string('Tag')),
    comment: t.optional(t.string('Commit message')),
    author: t.optional(t.string('Author, `name <mail>`')),
    pause: t.flag('Pause the container meanwhile', true),
    changes: t.optional(t.array(t.string(), 'Dockerfile instructions to apply')),
  }),
  body: ContainerConfig,
  bodyOptional: true,
  responses: { 201: { description: 'Made', schema: IDResponse } },
  errors: [404, 409],
  stream: 'json',
  permission: 'images:write',
});
