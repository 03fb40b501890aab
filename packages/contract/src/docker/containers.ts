import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { ContainerCreateRequest, ContainerCreateResponse } from './types/container-create.ts';
import { ContainerInspect } from './types/container-inspect.ts';
import { ContainerSummary } from './types/container-list.ts';

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
  query: t.object({ size: t.flag('Add SizeRw and SizeRootFs') }),
  responses: { 200: { description: 'The container', schema: ContainerInspect } },
  errors: [404],
  stream: 'json',
  permission: 'containers:read',
});
