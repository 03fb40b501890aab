import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { ContainerStatsDetail, ContainerStatsReport, TopReport } from './types/container-runtime.ts';

export const containerAttach = operation({
  group: 'libpod',
  area: 'containers',
  method: 'POST',
  path: '/libpod/containers/{name}/attach',
  operationId: 'ContainerAttachLibpod',
  summary: 'Attach to a container; of the three streams the unnamed are attached too',
  query: t.object({
    detachKeys: t.optional(t.string('Key sequence that detaches, e.g. `ctrl-p,ctrl-q`')),
    logs: t.flag('Send what was written so far first'),
    stream: t.flag('Attach to what is written from now on', true),
    stdin: t.optional(t.boolean('Attach standard input')),
    stdout: t.optional(t.boolean('Standard output')),
    stderr: t.optional(t.boolean('Standard error')),
  }),
  responses: {
    101: { description: 'The connection is the stream' },
    200: { description: 'The same, for a client that did not ask to upgrade' },
  },
  errors: [404, 409],
  stream: 'upgrade',
  permission: 'containers:exec',
});

export const containerLogs = operation({
  group: 'libpod',
  area: 'containers',
  method: 'GET',
  path: '/libpod/containers/{name}/logs',
  operationId: 'ContainerLogsLibpod',
  summary: 'Read the log of a container',
  query: t.object({
    follow: t.flag('Keep sending what is written'),
    stdout: t.flag('Standard output'),
    stderr: t.flag('Standard error'),
    since: t.optional(t.string('Not before: RFC 3339, Unix seconds or a duration ago')),
    until: t.optional(t.string('Not after: RFC 3339, Unix seconds or a duration ago')),
    timestamps: t.flag('Begin every line with its time'),
    tail: t.optional(t.string('Number of last lines, or `all`')),
  }),
  responses: { 200: { description: 'Frames of stdout and stderr' } },
  errors: [404],
  stream: 'raw',
  permission: 'containers:read',
});

export const containerStats = operation({
  group: 'libpod',
  area: 'containers',
  method: 'GET',
  path: '/libpod/containers/{name}/stats',
  operationId: 'ContainerStatsLibpod',
  summary: 'Report what a container uses',
  query: t.object({
    stream: t.flag('Report every few seconds', true),
    'one-shot': t.flag('One report at once; not together with stream'),
  }),
  responses: { 200: { description: 'One object per report', schema: ContainerStatsDetail } },
  errors: [404, 409],
  stream: 'ndjson',
  permission: 'containers:read',
});

export const containersStatsAll = operation({
  group: 'libpod',
  area: 'containers',
  method: 'GET',
  path: '/libpod/containers/stats',
  operationId: 'ContainersStatsAllLibpod',
  summary: 'Report what several containers use',
  query: t.object({
    containers: t.optional(t.array(t.string(), 'Which of them; the running ones where absent')),
    all: t.flag('Include containers that are not running'),
    stream: t.flag('Report again and again', true),
    interval: t.optional(t.unsigned('Seconds between two reports')),
  }),
  responses: { 200: { description: 'One object per report', schema: ContainerStatsReport } },
  errors: [404],
  stream: 'ndjson',
  permission: 'containers:read',
});

export const containerTop = operation({
  group: 'libpod',
  area: 'containers',
  method: 'GET',
  path: '/libpod/containers/{name}/top',
  operationId: 'ContainerTopLibpod',
  summary: 'List the processes of a container',
  query: t.object({
    stream: t.flag('Report again and again'),
    delay: t.optional(t.unsigned('Seconds between two reports')),
    ps_args: t.optional(t.array(t.string(), 'Descriptors, or arguments for ps')),
  }),
  responses: { 200: { description: 'One object per report', schema: TopReport } },
  errors: [404],
  stream: 'ndjson',
  permission: 'containers:read',
});

export const containerResize = operation({
  group: 'libpod',
  area: 'containers',
  method: 'POST',
  path: '/libpod/containers/{name}/resize',
  operationId: 'ContainerResizeLibpod',
  summary: 'Resize the terminal of a container',
  query: t.object({
    h: t.optional(t.unsigned('Rows')),
    w: t.optional(t.unsigned('Columns')),
    running: t.flag('No error where it does not run'),
  }),
  responses: { 200: { description: 'Resized' } },
  errors: [404, 409],
  stream: 'none',
  permission: 'containers:exec',
});
