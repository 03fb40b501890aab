import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { PruneReport } from './types/common.ts';
import { Volume, VolumeCreateRequest } from './types/volumes.ts';

export const volumeList = operation({
  group: 'libpod',
  area: 'volumes',
  method: 'GET',
  path: '/libpod/volumes/json',
  operationId: 'VolumeListLibpod',
  summary: 'List volumes',
  query: t.object({
    filters: t.filters('Conditions on what is listed'),
  }),
  responses: { 200: { description: 'Volumes', schema: t.array(Volume) } },
  stream: 'json',
  permission: 'volumes:read',
});

export const volumeInspect = operation({
  group: 'libpod',
  area: 'volumes',
  method: 'GET',
  path: '/libpod/volumes/{name}/json',
  operationId: 'VolumeInspectLibpod',
  summary: 'Inspect a volume',
  responses: { 200: { description: 'The volume', schema: Volume } },
  errors: [404],
  stream: 'json',
  permission: 'volumes:read',
});

export const volumeExists = operation({
  group: 'libpod',
  area: 'volumes',
  method: 'GET',
  path: '/libpod/volumes/{name}/exists',
  operationId: 'VolumeExistsLibpod',
  summary: 'Tell whether there is such a volume',
  responses: { 204: { description: 'There is' } },
  errors: [404],
  stream: 'none',
  permission: 'volumes:read',
});

export const volumeCreate = operation({
  group: 'libpod',
  area: 'volumes',
  method: 'POST',
  path: '/libpod/volumes/create',
  operationId: 'VolumeCreateLibpod',
  summary: 'Create a volume',
  body: VolumeCreateRequest,
  responses: { 201: { description: 'The volume', schema: Volume } },
  errors: [409],
  stream: 'json',
  permission: 'volumes:write',
});

export const volumeDelete = operation({
  group: 'libpod',
  area: 'volumes',
  method: 'DELETE',
  path: '/libpod/volumes/{name}',
  operationId: 'VolumeDeleteLibpod',
  summary: 'Remove a volume',
  query: t.object({
    force: t.flag('With the containers that use it'),
    timeout: t.optional(t.unsigned('Seconds to wait before killing')),
  }),
  responses: { 204: { description: 'Removed' } },
  errors: [404, 409],
  stream: 'none',
  permission: 'volumes:write',
});

export const volumePrune = operation({
  group: 'libpod',
  area: 'volumes',
  method: 'POST',
  path: '/libpod/volumes/prune',
  operationId: 'VolumePruneLibpod',
  summary: 'Remove volumes that nothing uses',
  query: t.object({
    filters: t.filters('Which of them'),
  }),
  responses: { 200: { description: 'One object per volume', schema: t.array(PruneReport) } },
  stream: 'json',
  permission: 'volumes:write',
});

export const volumeExport = operation({
  group: 'libpod',
  area: 'volumes',
  method: 'GET',
  path: '/libpod/volumes/{name}/export',
  operationId: 'VolumeExportLibpod',
  summary: 'Read the files of a volume',
  responses: { 200: { description: 'A tar of them' } },
  errors: [404],
  stream: 'tar',
  permission: 'volumes:read',
});

export const volumeImport = operation({
  group: 'libpod',
  area: 'volumes',
  method: 'POST',
  path: '/libpod/volumes/{name}/import',
  operationId: 'VolumeImportLibpod',
  summary: 'Put files into a volume',
  upload: ['application/x-tar', 'application/octet-stream'],
  responses: { 204: { description: 'Done' } },
  errors: [404],
  stream: 'none',
  permission: 'volumes:write',
});
