import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import {
  ContainerCreateRequest,
  ContainerCreateResponse,
  ContainerUpdateRequest,
  ContainerUpdateResponse,
} from './types/container-create.ts';
import { ContainerInspect } from './types/container-inspect.ts';
import { ContainerSummary } from './types/container-list.ts';
import { ContainerPruneResponse } from './types/container-runtime.ts';

export const containerCreate = operation({
  group: 'docker',
  area: 'containers',
  method: 'POST',
  path: '/containers/create',
  operationId: 'ContainerCreate',
  summary: 'Create a container',
  query: t.object({
    name: t.optional(t.string('Name of the container; a random one where absent')),
    platform: t.optional(t.string('Platform of the image, `os[/arch[/variant]]`')),
  }),
  body: ContainerCreateRequest,
  responses: { 201: { description: 'Created', schema: ContainerCreateResponse } },
  errors: [404, 409],
  stream: 'json',
  permission: 'containers:write',
});

export const containerList = operation({
  group: 'docker',
  area: 'containers',
  method: 'GET',
  path: '/containers/json',
  operationId: 'ContainerList',
  summary: 'List containers',
  query: t.object({
    all: t.flag('Include containers that are not running'),
    limit: t.optional(t.integer('At most this many, the latest created, running or not')),
    size: t.flag('Add SizeRw and SizeRootFs'),
    filters: t.filters('Conditions on what is listed'),
  }),
  responses: { 200: { description: 'Latest created first', schema: t.array(ContainerSummary) } },
  stream: 'json',
  permission: 'containers:read',
});

export const containerInspect = operation({
  group: 'docker',
  area: 'containers',
  method: 'GET',
  path: '/containers/{id}/json',
  operationId: 'ContainerInspect',
  summary: 'Inspect a container',
  query: t.object({
    size: t.flag('Add SizeRw and SizeRootFs'),
  }),
  responses: { 200: { description: 'The container', schema: ContainerInspect } },
  errors: [404],
  stream: 'json',
  permission: 'containers:read',
});

export const containerRename = operation({
  group: 'docker',
  area: 'containers',
  method: 'POST',
  path: '/containers/{id}/rename',
  operationId: 'ContainerRename',
  summary: 'Rename a container',
  query: t.object({
    name: t.string('The new name'),
  }),
  responses: { 204: { description: 'Renamed' } },
  errors: [404, 409],
  stream: 'none',
  permission: 'containers:write',
});

export const containerUpdate = operation({
  group: 'docker',
  area: 'containers',
  method: 'POST',
  path: '/containers/{id}/update',
  operationId: 'ContainerUpdate',
  summary: 'Change the limits of a container',
  body: ContainerUpdateRequest,
  responses: { 200: { description: 'Changed', schema: ContainerUpdateResponse } },
  errors: [404],
  stream: 'json',
  permission: 'containers:write',
});

export const containerDelete = operation({
  group: 'docker',
  area: 'containers',
  method: 'DELETE',
  path: '/containers/{id}',
  operationId: 'ContainerDelete',
  summary: 'Remove a container',
  query: t.object({
    v: t.flag('Remove its anonymous volumes'),
    force: t.flag('Kill it first where it runs'),
    link: t.flag('Remove the link of that name instead'),
  }),
  responses: { 204: { description: 'Removed' } },
  errors: [404, 409],
  stream: 'none',
  permission: 'containers:write',
});

export const containerPrune = operation({
  group: 'docker',
  area: 'containers',
  method: 'POST',
  path: '/containers/prune',
  operationId: 'ContainerPrune',
  summary: 'Remove every container that does not run',
  since: '1.25',
  query: t.object({
    filters: t.filters('Which of them'),
  }),
  responses: { 200: { description: 'What was removed', schema: ContainerPruneResponse } },
  errors: [409],
  stream: 'json',
  permission: 'containers:write',
});
