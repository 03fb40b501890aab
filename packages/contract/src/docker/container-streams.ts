import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { ContainerTopResponse } from './types/container-runtime.ts';
import { ContainerStatsResponse } from './types/container-stats.ts';

export const containerAttach = operation({
  group: 'docker',
  area: 'containers',
  method: 'POST',
  path: '/containers/{id}/attach',
  operationId: 'ContainerAttach',
  summary: 'Attach to a container',
  query: t.object({
    detachKeys: t.optional(t.string('Key sequence that detaches, e.g. `ctrl-p,ctrl-q`')),
    logs: t.flag('Send what was written so far first'),
    stream: t.flag('Attach to what is written from now on'),
    stdin: t.flag('Attach standard input'),
    stdout: t.flag('Standard output'),
    stderr: t.flag('Standard error'),
  }),
  responses: {
    101: { description: 'The connection is the stream' },
    200: { description: 'The same, for a client that did not ask to upgrade' },
  },
  errors: [404, 409],
  stream: 'upgrade',
  permission: 'containers:exec',
});

export const containerAttachWebsocket = operation({
  group: 'docker',
  area: 'containers',
  method: 'GET',
  path: '/containers/{id}/attach/ws',
  operationId: 'ContainerAttachWebsocket',
  summary: 'Attach to a container over a WebSocket',
  query: t.object({
    detachKeys: t.optional(t.string('Key sequence that detaches, e.g. `ctrl-p,ctrl-q`')),
    logs: t.flag('Send what was written so far first'),
    stream: t.flag('Attach to what is written from now on'),
    stdin: t.flag('Attach standard input'),
    stdout: t.flag('Standard output'),
    stderr: t.flag('Standard error'),
  }),
  responses: { 101: { description: 'The connection is a WebSocket' } },
  errors: [404, 409],
  stream: 'websocket',
  permission: 'containers:exec',
});

export const containerLogs = operation({
  group: 'docker',
  area: 'containers',
  method: 'GET',
  path: '/containers/{id}/logs',
  operationId: 'ContainerLogs',
  summary: 'Read the log of a container',
  query: t.object({
    follow: t.flag('Keep sending what is written'),
    stdout: t.flag('Standard output'),
    stderr: t.flag('Standard error'),
    since: t.optional(t.string('Not before: RFC 3339, Unix seconds or a duration ago')),
    until: t.optional(t.string('Not after: RFC 3339, Unix seconds or a duration ago')),
    timestamps: t.flag('Begin every line with its time'),
    details: t.flag('Begin every line with the log attributes'),
    tail: t.optional(t.string('Number of last lines, or `all`')),
  }),
  responses: { 200: { description: 'Frames of stdout and stderr, or plain text of a terminal' } },
  errors: [404],
  stream: 'raw',
  permission: 'containers:read',
});

export const containerStats = operation({
  group: 'docker',
  area: 'containers',
  method: 'GET',
  path: '/containers/{id}/stats',
  operationId: 'ContainerStats',
  summary: 'Report what a container uses',
  query: t.object({
    stream: t.flag('Report every second', true),
    'one-shot': t.flag('One report at once, without the previous one to compare with'),
  }),
  responses: { 200: { description: 'One object per report', schema: ContainerStatsResponse } },
  errors: [404],
  stream: 'ndjson',
  permission: 'containers:read',
});

export const containerTop = operation({
  group: 'docker',
  area: 'containers',
  method: 'GET',
  path: '/containers/{id}/top',
  operationId: 'ContainerTop',
  summary: 'List the processes of a container',
  query: t.object({
    ps_args: t.optional(t.string('Arguments for ps, `-ef` where absent')),
  }),
  responses: { 200: { description: 'The processes', schema: ContainerTopResponse } },
  errors: [404, 409],
  stream: 'json',
  permission: 'containers:read',
});

export const containerResize = operation({
  group: 'docker',
  area: 'containers',
  method: 'POST',
  path: '/containers/{id}/resize',
  operationId: 'ContainerResize',
  summary: 'Resize the terminal of a container',
  query: t.object({
    h: t.unsigned('Rows'),
    w: t.unsigned('Columns'),
  }),
  responses: { 200: { description: 'Resized' } },
  errors: [404, 409],
  stream: 'none',
  permission: 'containers:exec',
});
