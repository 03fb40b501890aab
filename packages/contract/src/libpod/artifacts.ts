import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import {
  ArtifactAddReport,
  ArtifactInspectReport,
  ArtifactListReport,
  ArtifactPullReport,
  ArtifactPushReport,
  ArtifactRemoveReport,
} from './types/artifacts.ts';

export const artifactList = operation({
  group: 'libpod',
  area: 'artifacts',
  method: 'GET',
  path: '/libpod/artifacts/json',
  operationId: 'ArtifactListLibpod',
  summary: 'List artifacts',
  responses: { 200: { description: 'Artifacts', schema: t.array(ArtifactListReport) } },
  stream: 'json',
  permission: 'artifacts:read',
});

export const artifactInspect = operation({
  group: 'libpod',
  area: 'artifacts',
  method: 'GET',
  path: '/libpod/artifacts/{name:*}/json',
  operationId: 'ArtifactInspectLibpod',
  summary: 'Inspect an artifact',
  responses: { 200: { description: 'The artifact', schema: ArtifactInspectReport } },
  errors: [404],
  stream: 'json',
  permission: 'artifacts:read',
});

export const artifactAdd = operation({
  group: 'libpod',
  area: 'artifacts',
  method: 'POST',
  path: '/libpod/artifacts/add',
  operationId: 'ArtifactAddLibpod',
  summary: 'Put a file into an artifact',
  query: t.object({
    name: t.string('Name of the artifact'),
    fileName: t.string('Name of the file'),
    fileMIMEType: t.optional(t.string('Media type of the file')),
    artifactMIMEType: t.optional(t.string('Type of the artifact')),
    annotations: t.optional(t.array(t.string(), 'Annotations, `key=value`')),
    append: t.flag('Add to an existing one'),
    replace: t.flag('Replace an existing one of that name'),
  }),
  upload: ['application/octet-stream'],
  responses: { 201: { description: 'Its digest', schema: ArtifactAddReport } },
  errors: [404],
  stream: 'json',
  permission: 'artifacts:write',
});

export const artifactLocal = operation({
  group: 'libpod',
  area: 'artifacts',
  method: 'POST',
  path: '/libpod/artifacts/local/add',
  operationId: 'ArtifactLocalLibpod',
  summary: 'Put a file of the host into an artifact',
  query: t.object({
    path: t.string('Absolute path on the host'),
    name: t.string('Name of the artifact'),
    fileName: t.string('Name of the file'),
    fileMIMEType: t.optional(t.string('Media type of the file')),
    artifactMIMEType: t.optional(t.string('Type of the artifact')),
    annotations: t.optional(t.array(t.string(), 'Annotations, `key=value`')),
    append: t.flag('Add to an existing one'),
    replace: t.flag('Replace an existing one of that name'),
  }),
  responses: { 201: { description: 'Its digest', schema: ArtifactAddReport } },
  errors: [404],
  stream: 'json',
  permission: 'artifacts:admin',
});

export const artifactPull = operation({
  group: 'libpod',
  area: 'artifacts',
  method: 'POST',
  path: '/libpod/artifacts/pull',
  operationId: 'ArtifactPullLibpod',
  summary: 'Pull an artifact',
  query: t.object({
    name: t.string('Reference of the artifact'),
    retry: t.optional(t.unsigned('How often to try again')),
    retryDelay: t.optional(t.string('Pause between tries, a duration')),
    tlsVerify: t.optional(t.boolean("Check the registry's certificate and insist on TLS")),
  }),
  headers: t.object({
    'x-registry-auth': t.optional(t.string('Credentials, base64url JSON')),
    'x-registry-config': t.optional(t.string('Credentials by registry, base64url JSON')),
  }),
  responses: { 200: { description: 'Its digest', schema: ArtifactPullReport } },
  errors: [401, 404],
  stream: 'json',
  permission: 'artifacts:write',
});

export const artifactPush = operation({
  group: 'libpod',
  area: 'artifacts',
  method: 'POST',
  path: '/libpod/artifacts/{name:*}/push',
  operationId: 'ArtifactPushLibpod',
  summary: 'Push an artifact',
  query: t.object({
    retry: t.optional(t.unsigned('How often to try again')),
    retrydelay: t.optional(t.string('Pause between tries, a duration')),
    tlsVerify: t.optional(t.boolean("Check the registry's certificate and insist on TLS")),
  }),
  headers: t.object({
    'x-registry-auth': t.optional(t.string('Credentials, base64url JSON')),
    'x-registry-config': t.optional(t.string('Credentials by registry, base64url JSON')),
  }),
  responses: { 200: { description: 'Its digest', schema: ArtifactPushReport } },
  errors: [401, 404],
  stream: 'json',
  permission: 'artifacts:write',
});

export const artifactExtract = operation({
  group: 'libpod',
  area: 'artifacts',
  method: 'GET',
  path: '/libpod/artifacts/{name:*}/extract',
  operationId: 'ArtifactExtractLibpod',
  summary: 'Read the files of an artifact',
  query: t.object({
    title: t.optional(t.string('Only the file of this title')),
    digest: t.optional(t.string('Only the file of this digest')),
    excludetitle: t.flag('Name the files by digest'),
  }),
  responses: { 200: { description: 'A tar of them' } },
  errors: [404],
  stream: 'tar',
  permission: 'artifacts:read',
});

export const artifactDelete = operation({
  group: 'libpod',
  area: 'artifacts',
  method: 'DELETE',
  path: '/libpod/artifacts/{name:*}',
  operationId: 'ArtifactDeleteLibpod',
  summary: 'Remove an artifact',
  responses: { 200: { description: 'What was removed', schema: ArtifactRemoveReport } },
  errors: [404],
  stream: 'json',
  permission: 'artifacts:write',
});

export const artifactDeleteAll = operation({
  group: 'libpod',
  area: 'artifacts',
  method: 'DELETE',
  path: '/libpod/artifacts/remove',
  operationId: 'ArtifactDeleteAllLibpod',
  summary: 'Remove several artifacts',
  query: t.object({
    artifacts: t.optional(t.array(t.string(), 'Which of them')),
    all: t.flag('Every artifact'),
    ignore: t.flag('No error where there is none'),
  }),
  responses: { 200: { description: 'What was removed', schema: ArtifactRemoveReport } },
  errors: [404],
  stream: 'json',
  permission: 'artifacts:write',
});
