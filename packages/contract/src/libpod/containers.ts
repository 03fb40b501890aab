import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { ContainerCreateResponse } from './types/container-create.ts';
import { ContainerInspect } from './types/container-inspect.ts';
import { ContainerSummary } from './types/container-list.ts';
import { SpecGenerator } from './types/spec-generator.ts';

export const containerCreate = operation({
  group: 'libpod',
  area: 'containers',
  method: 'POST',
  path: '/libpod/containers/create',
  operationId: 'ContainerCreateLibpod',
  summary: 'Create a container',
  body: SpecGenerator,
  responses: { 201: { description: 'Created', schema: ContainerCreateResponse } },
  errors: [404, 409],
  stream: 'json',
  permission: 'containers:write',
});

export const containerList = operation({
  group: 'libpod',
  area: 'containers',
  method: 'GET',
  path: '/libpod/containers/json',
  operationId: 'ContainerListLibpod',
  summary: 'List containers',
  query: t.object({
    all: t.flag('Include containers that are not running'),
    external: t.flag('Include containers of other tools in the same storage'),
    limit: t.optional(t.integer('At most this many, the latest created')),
    last: t.optional(t.integer('Older name of limit')),
    namespace: t.flag('Add the namespaces of the processes'),
    size: t.flag('Add the sizes'),
    sync: t.flag('Ask the runtime for every state first'),
    filters: t.filters('Conditions on what is listed'),
  }),
  responses: { 200: { description: 'Latest created first', schema: t.array(ContainerSummary) } },
  stream: 'json',
  permission: 'containers:read',
});

export const containerInspect = operation({
  group: 'libpod',
  area: 'containers',
  method: 'GET',
  path: '/libpod/containers/{name}/json',
  operationId: 'ContainerInspectLibpod',
  summary: 'Inspect a container',
  query: t.object({ size: t.flag('Add SizeRw and SizeRootFs') }),
  responses: { 200: { description: 'The container', schema: ContainerInspect } },
  errors: [404],
  stream: 'json',
  permission: 'containers:read',
});
