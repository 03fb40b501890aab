import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { ImageImportReport, ImageLoadReport, ImagePullReport, ImagePushReport, ScpReport } from './types/images.ts';

export const imagePull = operation({
  group: 'libpod',
  area: 'images',
  method: 'POST',
  path: '/libpod/images/pull',
  operationId: 'ImagePullLibpod',
  summary: 'Pull images',
  query: t.object({
    reference: t.string('Image reference'),
    quiet: t.flag('No progress'),
    compatMode: t.flag('Progress as Docker sends it'),
    OS: t.optional(t.string('Operating system')),
    Arch: t.optional(t.string('Architecture')),
    Variant: t.optional(t.string('Variant of the architecture')),
    policy: t.optional(t.string('always, missing, newer or never')),
    tlsVerify: t.optional(t.boolean("Check the registry's certificate and insist on TLS")),
    allTags: t.flag('Every tag of the repository'),
    retry: t.optional(t.unsigned('How often to try again')),
    retrydelay: t.optional(t.string('Pause between tries, a duration')),
  }),
  headers: t.object({
    'x-registry-auth': t.optional(t.string('Credentials, base64url JSON')),
    'x-registry-config': t.optional(t.string('Credentials by registry, base64url JSON')),
  }),
  responses: { 200: { description: 'Progress, then the IDs', schema: ImagePullReport } },
  errors: [401, 404],
  stream: 'ndjson',
  permission: 'images:write',
});

export const imagePush = operation({
  group: 'libpod',
  area: 'images',
  method: 'POST',
  path: '/libpod/images/{name:*}/push',
  operationId: 'ImagePushLibpod',
  summary: 'Push an image',
  query: t.object({
    destination: t.optional(t.string('Where to push to, instead of its own name')),
    tlsVerify: t.optional(t.boolean("Check the registry's certificate and insist on TLS")),
    quiet: t.flag('No progress', true),
    format: t.optional(t.string('Manifest format')),
    all: t.flag('Every image of a manifest list'),
    removeSignatures: t.flag('Push without signatures'),
    compressionFormat: t.optional(t.string('gzip, zstd or zstd:chunked')),
    compressionLevel: t.optional(t.integer('Level of the compressor')),
    forceCompressionFormat: t.flag('Compress layers anew where they have another format'),
    retry: t.optional(t.unsigned('How often to try again')),
    retryDelay: t.optional(t.string('Pause between tries, a duration')),
  }),
  headers: t.object({
    'x-registry-auth': t.optional(t.string('Credentials, base64url JSON')),
    'x-registry-config': t.optional(t.string('Credentials by registry, base64url JSON')),
  }),
  responses: { 200: { description: 'Progress, then the digest', schema: ImagePushReport } },
  errors: [401, 403, 404],
  stream: 'ndjson',
  permission: 'images:write',
});

export const imageLoad = operation({
  group: 'libpod',
  area: 'images',
  method: 'POST',
  path: '/libpod/images/load',
  operationId: 'ImageLoadLibpod',
  summary: 'Load images from an archive',
  upload: ['application/x-tar', 'application/octet-stream'],
  responses: { 200: { description: 'Names of the images', schema: ImageLoadReport } },
  stream: 'json',
  permission: 'images:write',
});

export const localImages = operation({
  group: 'libpod',
  area: 'images',
  method: 'POST',
  path: '/libpod/local/images/load',
  operationId: 'LocalImagesLibpod',
  summary: 'Load images from an archive on the host',
  query: t.object({
    path: t.string('Absolute path on the host'),
  }),
  responses: { 200: { description: 'Names of the images', schema: ImageLoadReport } },
  errors: [404],
  stream: 'json',
  permission: 'images:admin',
});

export const imageImport = operation({
  group: 'libpod',
  area: 'images',
  method: 'POST',
  path: '/libpod/images/import',
  operationId: 'ImageImportLibpod',
  summary: 'Make an image from a tar',
  query: t.object({
    changes: t.optional(t.array(t.string(), 'Dockerfile instructions to apply')),
    message: t.optional(t.string('Commit message')),
    reference: t.optional(t.string('Image reference')),
    URL: t.optional(t.string('Where the tar comes from, instead of the request body')),
    OS: t.optional(t.string('Operating system')),
    Architecture: t.optional(t.string('Architecture')),
    Variant: t.optional(t.string('Variant of the architecture')),
  }),
  upload: ['application/x-tar', 'application/octet-stream'],
  responses: { 200: { description: 'ID of the image', schema: ImageImportReport } },
  stream: 'json',
  permission: 'images:write',
});

export const imageGet = operation({
  group: 'libpod',
  area: 'images',
  method: 'GET',
  path: '/libpod/images/{name:*}/get',
  operationId: 'ImageGetLibpod',
  summary: 'Save an image as an archive',
  query: t.object({
    format: t.optional(t.string('docker-archive, oci-archive, docker-dir or oci-dir')),
    compress: t.flag('Compress the layers'),
  }),
  responses: { 200: { description: 'The archive' } },
  errors: [404],
  stream: 'tar',
  permission: 'images:read',
});

export const imageExport = operation({
  group: 'libpod',
  area: 'images',
  method: 'GET',
  path: '/libpod/images/export',
  operationId: 'ImageExportLibpod',
  summary: 'Save several images as one archive',
  query: t.object({
    references: t.optional(t.array(t.string(), 'Images')),
    format: t.optional(t.string('docker-archive or oci-archive')),
    compress: t.flag('Compress the layers'),
    ociAcceptUncompressedLayers: t.flag('Leave uncompressed layers so'),
  }),
  responses: { 200: { description: 'The archive' } },
  errors: [404],
  stream: 'tar',
  permission: 'images:read',
});

export const imageScp = operation({
  group: 'libpod',
  area: 'images',
  method: 'POST',
  path: '/libpod/images/scp/{name:*}',
  operationId: 'ImageScpLibpod',
  summary: 'Copy an image to another host',
  query: t.object({
    destination: t.optional(t.string('Where to')),
    quiet: t.flag('No progress'),
  }),
  responses: { 200: { description: 'ID of the image', schema: ScpReport } },
  stream: 'json',
  permission: 'images:admin',
});

export const imageCommit = operation({
  group: 'libpod',
  area: 'images',
  method: 'POST',
  path: '/libpod/commit',
  operationId: 'ImageCommitLibpod',
  summary: 'Make an image from a container',
  query: t.object({
    container: t.string('Container'),
    repo: t.optional(t.string('Repository, without tag')),
    tag: t.optional(t.string('Tag')),
    author: t.optional(t.string('Author, `name <mail>`')),
    comment: t.optional(t.string('Commit message')),
    changes: t.optional(t.array(t.string(), 'Dockerfile instructions to apply')),
    format: t.optional(t.string('Manifest format')),
    pause: t.flag('Pause the container meanwhile'),
    squash: t.flag('One layer'),
    stream: t.flag('Send progress'),
  }),
  responses: { 200: { description: 'ID of the image', schema: t.object({ Id: t.string() }) } },
  errors: [404, 409],
  stream: 'json',
  permission: 'images:write',
});
