import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { PruneReport } from './types/common.ts';
import { ContainerCreateResponse } from './types/container-create.ts';
import { ContainerInspect, ContainerInspectV4 } from './types/container-inspect.ts';
import { ContainerSummary } from './types/container-list.ts';
import { ContainerRemoveReport, ContainerUpdateRequest } from './types/container-runtime.ts';
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
  query: t.object({
    size: t.flag('Add SizeRw and SizeRootFs'),
  }),
  responses: {
    200: {
      description: 'The container',
      schema: ContainerInspect,
      before: { version: '5.0.0', schema: ContainerInspectV4 },
    },
  },
  errors: [404],
  stream: 'json',
  permission: 'containers:read',
});

export const containerExists = operation({
  group: 'libpod',
  area: 'containers',
  method: 'GET',
  path: '/libpod/containers/{name}/exists',
  operationId: 'ContainerExistsLibpod',
  summary: 'Tell whether there is such a container',
  query: t.object({
    external: t.flag('Look at containers of other tools too'),
  }),
  responses: { 204: { description: 'There is' } },
  errors: [404],
  stream: 'none',
  permission: 'containers:read',
});

export const containerRename = operation({
  group: 'libpod',
  area: 'containers',
  method: 'POST',
  path: '/libpod/containers/{name}/rename',
  operationId: 'ContainerRenameLibpod',
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
  group: 'libpod',
  area: 'containers',
  method: 'POST',
  path: '/libpod/containers/{name}/update',
  operationId: 'ContainerUpdateLibpod',
  summary: 'Change limits, health check, environment or restart policy of a container',
  query: t.object({
    restartPolicy: t.optional(t.string('no, always, on-failure[:n] or unless-stopped')),
    restartRetries: t.optional(t.unsigned('How often on-failure tries')),
  }),
  body: ContainerUpdateRequest,
  bodyOptional: true,
  responses: { 201: { description: 'ID of the container', schema: t.string() } },
  errors: [404, 409],
  stream: 'text',
  permission: 'containers:write',
});

export const containerDelete = operation({
  group: 'libpod',
  area: 'containers',
  method: 'DELETE',
  path: '/libpod/containers/{name}',
  operationId: 'ContainerDeleteLibpod',
  summary: 'Remove a container',
  query: t.object({
    force: t.flag('Kill it first where it runs'),
    v: t.flag('Remove its anonymous volumes'),
    volumes: t.flag('Other name of v'),
    depend: t.flag('Remove what depends on it as well'),
    ignore: t.flag('No error where there is none'),
    timeout: t.optional(t.unsigned('Seconds to wait before killing')),
    link: t.flag('Only Docker has it'),
  }),
  responses: { 200: { description: 'One object per container', schema: t.array(ContainerRemoveReport) } },
  errors: [404, 409],
  stream: 'json',
  permission: 'containers:write',
});

export const containerPrune = operation({
  group: 'libpod',
  area: 'containers',
  method: 'POST',
  path: '/libpod/containers/prune',
  operationId: 'ContainerPruneLibpod',
  summary: 'Remove every container that does not run',
  query: t.object({
    filters: t.filters('Which of them'),
  }),
  responses: { 200: { description: 'One object per container', schema: t.array(PruneReport) } },
  stream: 'json',
  permission: 'containers:write',
});
