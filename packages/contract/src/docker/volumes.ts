import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import {
  Volume,
  VolumeCreateRequest,
  VolumeListResponse,
  VolumePruneResponse,
  VolumeUpdateRequest,
} from './types/volumes.ts';

export const volumeList = operation({
  group: 'docker',
  area: 'volumes',
  method: 'GET',
  path: '/volumes',
  operationId: 'VolumeList',
  summary: 'List volumes',
  query: t.object({
    filters: t.filters('Conditions on what is listed'),
  }),
  responses: { 200: { description: 'Volumes', schema: VolumeListResponse } },
  stream: 'json',
  permission: 'volumes:read',
});

export const volumeCreate = operation({
  group: 'docker',
  area: 'volumes',
  method: 'POST',
  path: '/volumes/create',
  operationId: 'VolumeCreate',
  summary: 'Create a volume, or find the one of that name',
  body: VolumeCreateRequest,
  bodyOptional: true,
  responses: { 201: { description: 'The volume', schema: Volume } },
  errors: [409],
  stream: 'json',
  permission: 'volumes:write',
});

export const volumeInspect = operation({
  group: 'docker',
  area: 'volumes',
  method: 'GET',
  path: '/volumes/{name}',
  operationId: 'VolumeInspect',
  summary: 'Inspect a volume',
  responses: { 200: { description: 'The volume', schema: Volume } },
  errors: [404],
  stream: 'json',
  permission: 'volumes:read',
});

export const volumeUpdate = operation({
  group: 'docker',
  area: 'volumes',
  method: 'PUT',
  path: '/volumes/{name}',
  operationId: 'VolumeUpdate',
  summary: 'Change a cluster volume',
  since: '1.42',
  query: t.object({
    version: t.integer('Version of the object to change; guards against lost updates'),
  }),
  body: VolumeUpdateRequest,
  responses: { 200: { description: 'Changed' } },
  errors: [404, 503],
  stream: 'none',
  permission: 'volumes:write',
});

export const volumeDelete = operation({
  group: 'docker',
  area: 'volumes',
  method: 'DELETE',
  path: '/volumes/{name}',
  operationId: 'VolumeDelete',
  summary: 'Remove a volume',
  query: t.object({
    force: t.flag('No error where there is none'),
  }),
  responses: { 204: { description: 'Removed' } },
  errors: [404, 409],
  stream: 'none',
  permission: 'volumes:write',
});

export const volumePrune = operation({
  group: 'docker',
  area: 'volumes',
  method: 'POST',
  path: '/volumes/prune',
  operationId: 'VolumePrune',
  summary: 'Remove volumes that nothing uses',
  since: '1.25',
  query: t.object({
    filters: t.filters('Which of them'),
  }),
  responses: { 200: { description: 'What was removed', schema: VolumePruneResponse } },
  errors: [409],
  stream: 'json',
  permission: 'volumes:write',
});
