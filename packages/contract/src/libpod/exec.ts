import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { ExecCreateRequest, ExecInspect, ExecStartRequest } from './types/exec.ts';

export const containerExec = operation({
  group: 'libpod',
  area: 'exec',
  method: 'POST',
  path: '/libpod/containers/{name}/exec',
  operationId: 'ContainerExecLibpod',
  summary: 'Prepare a command in a running container',
  body: ExecCreateRequest,
  responses: { 201: { description: 'Prepared', schema: t.object({ Id: t.string() }) } },
  errors: [404, 409],
  stream: 'json',
  permission: 'containers:exec',
});

export const execStart = operation({
  group: 'libpod',
  area: 'exec',
  method: 'POST',
  path: '/libpod/exec/{id}/start',
  operationId: 'ExecStartLibpod',
  summary: 'Run a prepared command',
  body: ExecStartRequest,
  responses: {
    101: { description: 'The connection is the stream' },
    200: { description: 'The same without upgrade, or it runs detached' },
  },
  errors: [404, 409],
  stream: 'upgrade',
  permission: 'containers:exec',
});

export const execResize = operation({
  group: 'libpod',
  area: 'exec',
  method: 'POST',
  path: '/libpod/exec/{id}/resize',
  operationId: 'ExecResizeLibpod',
  summary: 'Resize the terminal of a command',
  query: t.object({
    h: t.optional(t.unsigned('Rows')),
    w: t.optional(t.unsigned('Columns')),
    running: t.flag('No error where it does not run'),
  }),
  responses: { 201: { description: 'Resized' } },
  errors: [404, 409],
  stream: 'none',
  permission: 'containers:exec',
});

export const execInspect = operation({
  group: 'libpod',
  area: 'exec',
  method: 'GET',
  path: '/libpod/exec/{id}/json',
  operationId: 'ExecInspectLibpod',
  summary: 'Inspect a command',
  responses: { 200: { description: 'The command', schema: ExecInspect } },
  errors: [404],
  stream: 'json',
  permission: 'containers:read',
});

export const execRemove = operation({
  group: 'libpod',
  area: 'exec',
  method: 'POST',
  path: '/libpod/exec/{id}/remove',
  operationId: 'ExecRemoveLibpod',
  summary: 'Forget a command',
  body: t.partial({ Force: t.boolean() }),
  bodyOptional: true,
  responses: { 200: { description: 'Forgotten' } },
  errors: [404, 409],
  stream: 'none',
  permission: 'containers:exec',
});
