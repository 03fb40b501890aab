import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { FilesystemChange } from './types/container-runtime.ts';

export const containerMount = operation({
  group: 'libpod',
  area: 'containers',
  method: 'POST',
  path: '/libpod/containers/{name}/mount',
  operationId: 'ContainerMountLibpod',
  summary: 'Mount the root file system of a container on the host',
  responses: { 200: { description: 'Where it is', schema: t.string() } },
  errors: [404],
  stream: 'text',
  permission: 'containers:admin',
});

export const containerUnmount = operation({
  group: 'libpod',
  area: 'containers',
  method: 'POST',
  path: '/libpod/containers/{name}/unmount',
  operationId: 'ContainerUnmountLibpod',
  summary: 'Unmount the root file system of a container',
  responses: { 204: { description: 'Unmounted' } },
  errors: [404],
  stream: 'none',
  permission: 'containers:admin',
});

export const containerShowMounted = operation({
  group: 'libpod',
  area: 'containers',
  method: 'GET',
  path: '/libpod/containers/showmounted',
  operationId: 'ContainerShowMountedLibpod',
  summary: 'List the mounted root file systems',
  responses: { 200: { description: 'Directory by container', schema: t.record(t.string()) } },
  stream: 'json',
  permission: 'containers:read',
});

export const containerChanges = operation({
  group: 'libpod',
  area: 'containers',
  method: 'GET',
  path: '/libpod/containers/{name}/changes',
  operationId: 'ContainerChangesLibpod',
  summary: 'List what a container changed of its image',
  query: t.object({
    parent: t.optional(t.string('Compare with this container or image')),
    diffType: t.optional(t.string('all, container or image')),
  }),
  responses: {
    200: { description: 'Changes, null where there are none', schema: t.nullable(t.array(FilesystemChange)) },
  },
  errors: [404],
  stream: 'json',
  permission: 'containers:read',
});

export const containerExport = operation({
  group: 'libpod',
  area: 'containers',
  method: 'GET',
  path: '/libpod/containers/{name}/export',
  operationId: 'ContainerExportLibpod',
  summary: 'Read the root file system of a container',
  responses: { 200: { description: 'A tar of it' } },
  errors: [404],
  stream: 'tar',
  permission: 'containers:read',
});

export const containerArchive = operation({
  group: 'libpod',
  area: 'containers',
  method: 'GET',
  path: '/libpod/containers/{name}/archive',
  operationId: 'ContainerArchiveLibpod',
  summary: 'Copy files out of a container',
  query: t.object({
    path: t.string('Path inside the container'),
    rename: t.optional(t.json(t.record(t.string()), 'JSON map of names to change on the way')),
  }),
  responses: { 200: { description: 'A tar of them; X-Docker-Container-Path-Stat describes the path' } },
  errors: [404],
  stream: 'tar',
  permission: 'containers:read',
});

export const containerArchiveInfo = operation({
  group: 'libpod',
  area: 'containers',
  method: 'HEAD',
  path: '/libpod/containers/{name}/archive',
  operationId: 'ContainerArchiveInfoLibpod',
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
  group: 'libpod',
  area: 'containers',
  method: 'PUT',
  path: '/libpod/containers/{name}/archive',
  operationId: 'PutContainerArchiveLibpod',
  summary: 'Copy files into a container',
  query: t.object({
    path: t.string('Existing directory inside the container'),
    noOverwriteDirNonDir: t.flag('Refuse to replace a directory by a file or the other way round'),
    copyUIDGID: t.flag("Let everything belong to the container's user, not to whom the archive names", true),
    pause: t.flag('Freeze the container meanwhile'),
    rename: t.optional(t.json(t.record(t.string()), 'JSON map of names to change on the way')),
  }),
  upload: ['application/x-tar', 'application/octet-stream'],
  responses: { 200: { description: 'Copied' } },
  errors: [403, 404],
  stream: 'none',
  permission: 'containers:write',
});
