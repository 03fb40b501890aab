import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { ImagePushReport, ImageRemoveReport } from './types/images.ts';
import { ManifestInspect, ManifestModifyOptions, ManifestModifyReport } from './types/manifests.ts';

export const manifestCreate = operation({
  group: 'libpod',
  area: 'manifests',
  method: 'POST',
  path: '/libpod/manifests/{name:*}',
  operationId: 'ManifestCreateLibpod',
  summary: 'Create a manifest list',
  query: t.object({
    images: t.optional(t.array(t.string(), 'Images to put into it')),
    all: t.flag('With every image of the lists among them'),
    amend: t.flag('Change an existing one'),
    annotation: t.optional(t.array(t.string(), 'Annotations, `key=value`')),
    annotations: t.optional(t.json(t.record(t.string()), 'Annotations')),
  }),
  body: ManifestModifyOptions,
  bodyOptional: true,
  responses: { 201: { description: 'Its ID', schema: t.object({ Id: t.string() }) } },
  errors: [404, 409],
  stream: 'json',
  permission: 'images:write',
});

export const manifestExists = operation({
  group: 'libpod',
  area: 'manifests',
  method: 'GET',
  path: '/libpod/manifests/{name:*}/exists',
  operationId: 'ManifestExistsLibpod',
  summary: 'Tell whether there is such a manifest list',
  responses: { 204: { description: 'There is' } },
  errors: [404],
  stream: 'none',
  permission: 'images:read',
});

export const manifestInspect = operation({
  group: 'libpod',
  area: 'manifests',
  method: 'GET',
  path: '/libpod/manifests/{name:*}/json',
  operationId: 'ManifestInspectLibpod',
  summary: 'Inspect a manifest list, here or in a registry',
  query: t.object({
    tlsVerify: t.optional(t.boolean("Check the registry's certificate and insist on TLS")),
  }),
  headers: t.object({
    'x-registry-auth': t.optional(t.string('Credentials, base64url JSON')),
    'x-registry-config': t.optional(t.string('Credentials by registry, base64url JSON')),
  }),
  responses: { 200: { description: 'The list', schema: ManifestInspect } },
  errors: [404],
  stream: 'json',
  permission: 'images:read',
});

export const manifestModify = operation({
  group: 'libpod',
  area: 'manifests',
  method: 'PUT',
  path: '/libpod/manifests/{name:*}',
  operationId: 'ManifestModifyLibpod',
  summary: 'Add to, take from or annotate a manifest list',
  query: t.object({
    tlsVerify: t.optional(t.boolean("Check the registry's certificate and insist on TLS")),
  }),
  headers: t.object({
    'x-registry-auth': t.optional(t.string('Credentials, base64url JSON')),
    'x-registry-config': t.optional(t.string('Credentials by registry, base64url JSON')),
  }),
  body: ManifestModifyOptions,
  responses: {
    200: { description: 'What was done', schema: ManifestModifyReport },
    409: { description: 'Some of it failed', schema: ManifestModifyReport },
  },
  errors: [404],
  stream: 'json',
  permission: 'images:write',
});

export const manifestDelete = operation({
  group: 'libpod',
  area: 'manifests',
  method: 'DELETE',
  path: '/libpod/manifests/{name:*}',
  operationId: 'ManifestDeleteLibpod',
  summary: 'Remove a manifest list',
  query: t.object({
    ignore: t.flag('No error where there is none'),
  }),
  responses: { 200: { description: 'What was removed', schema: ImageRemoveReport } },
  errors: [404],
  stream: 'json',
  permission: 'images:write',
});

export const manifestPush = operation({
  group: 'libpod',
  area: 'manifests',
  method: 'POST',
  path: '/libpod/manifests/{name:*}/registry/{destination:*}',
  operationId: 'ManifestPushLibpod',
  summary: 'Push a manifest list',
  query: t.object({
    all: t.flag('With its images', true),
    addCompression: t.optional(t.array(t.string(), 'Further compressions to push')),
    compressionFormat: t.optional(t.string('gzip, zstd or zstd:chunked')),
    compressionLevel: t.optional(t.integer('Level of the compressor')),
    forceCompressionFormat: t.flag('Compress layers anew where they have another format'),
    format: t.optional(t.string('Manifest format')),
    quiet: t.flag('No progress', true),
    removeSignatures: t.flag('Push without signatures'),
    tlsVerify: t.optional(t.boolean("Check the registry's certificate and insist on TLS")),
  }),
  headers: t.object({
    'x-registry-auth': t.optional(t.string('Credentials, base64url JSON')),
    'x-registry-config': t.optional(t.string('Credentials by registry, base64url JSON')),
  }),
  responses: { 200: { description: 'Progress, then the ID', schema: ImagePushReport } },
  errors: [401, 404],
  stream: 'ndjson',
  permission: 'images:write',
});
