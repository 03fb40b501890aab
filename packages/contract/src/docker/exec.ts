import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { IDResponse } from './types/common.ts';
import { ExecCreateRequest, ExecInspect, ExecStartRequest } from './types/exec.ts';

export const containerExec = operation({
  group: 'docker',
  area: 'exec',
  method: 'POST',
  path: '/containers/{id}/exec',
  operationId: 'ContainerExec',
  summary: 'Prepare a command in a running container',
  body: ExecCreateRequest,
  responses: { 201: { description: 'Prepared', schema: IDResponse } },
  errors: [404, 409],
  stream: 'json',
  permission: 'containers:exec',
});

export const execStart = operation({
  group: 'docker',
  area: 'exec',
  method: 'POST',
  path: '/exec/{id}/start',
  operationId: 'ExecStart',
  summary: 'Run a prepared command',
  body: ExecStartRequest,
  bodyOptional: true,
  responses: {
    101: { description: 'The connection is the stream' },
    200: { description: 'The same without upgrade, or it runs detached' },
  },
  errors: [404, 409],
  stream: 'upgrade',
  permission: 'containers:exec',
});

export const execResize = operation({
  group: 'docker',
  area: 'exec',
  method: 'POST',
  path: '/exec/{id}/resize',
  operationId: 'ExecResize',
  summary: 'Resize the terminal of a command',
  query: t.object({
    h: t.unsigned('Rows'),
    w: t.unsigned('Columns'),
  }),
  responses: { 200: { description: 'Resized' } },
  errors: [404, 409],
  stream: 'none',
  permission: 'containers:exec',
});

export const execInspect = operation({
  group: 'docker',
  area: 'exec',
  method: 'GET',
  path: '/exec/{id}/json',
  operationId: 'ExecInspect',
  summary: 'Inspect a command',
  responses: { 200: { description: 'The command', schema: ExecInspect } },
  errors: [404],
  stream: 'json',
  permission: 'containers:read',
});
