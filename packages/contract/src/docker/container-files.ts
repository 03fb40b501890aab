import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { FilesystemChange } from './types/container-runtime.ts';

export const containerChanges = operation({
  group: 'docker',
  area: 'containers',
  method: 'GET',
  path: '/containers/{id}/changes',
  operationId: 'ContainerChanges',
  summary: 'List what a container changed of its image',
  responses: {
    200: { description: 'Changes, null where there are none', schema: t.nullable(t.array(FilesystemChange)) },
  },
  errors: [404],
  stream: 'json',
  permission: 'containers:read',
});

export const containerExport = operation({
  group: 'docker',
  area: 'containers',
  method: 'GET',
  path: '/containers/{id}/export',
  operationId: 'ContainerExport',
  summary: 'Read the root file system of a container',
  responses: { 200: { description: 'A tar of it' } },
  errors: [404],
  stream: 'tar',
  permission: 'containers:read',
});

export const containerArchive = operation({
  group: 'docker',
  area: 'containers',
  method: 'GET',
  path: '/containers/{id}/archive',
  operationId: 'ContainerArchive',
  summary: 'Copy files out of a container',
  query: t.object({
    path: t.string('Path inside the container'),
  }),
  responses: { 200: { description: 'A tar of them; X-Docker-Container-Path-Stat describes the path' } },
  errors: [404],
  stream: 'tar',
  permission: 'containers:read',
});

export const containerArchiveInfo = operation({
  group: 'docker',
  area: 'containers',
  method: 'HEAD',
  path: '/containers/{id}/archive',
  operationId: 'ContainerArchiveInfo',
  summary: 'Describe a path in a container',
  query: t.object({
    path: t.string('Path inside the container'),
  }),
  responses: { 200: { description: 'X-Docker-Container-Path-Stat describes it' } },
  errors: [404],
  stream: 'none',
  permission: 'containers:read',
});

export const putContainerArchive = operation({
  group: 'docker',
  area: 'containers',
  method: 'PUT',
  path: '/containers/{id}/archive',
  operationId: 'PutContainerArchive',
  summary: 'Copy files into a container',
  query: t.object({
    path: t.string('Existing directory inside the container'),
    noOverwriteDirNonDir: t.flag('Refuse to replace a directory by a file or the other way round'),
    copyUIDGID: t.flag("Let everything belong to the container's user, not to whom the archive names"),
  }),
  upload: ['application/x-tar', 'application/octet-stream'],
  responses: { 200: { description: 'Copied' } },
  errors: [403, 404],
  stream: 'none',
  permission: 'containers:write',
});
