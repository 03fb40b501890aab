import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { ContainerWaitResponse } from './types/container-runtime.ts';

export const containerStart = operation({
  group: 'docker',
  area: 'containers',
  method: 'POST',
  path: '/containers/{id}/start',
  operationId: 'ContainerStart',
  summary: 'Start a container',
  query: t.object({
    detachKeys: t.optional(t.string('Key sequence that detaches, e.g. `ctrl-p,ctrl-q`')),
  }),
  responses: { 204: { description: 'Started' }, 304: { description: 'It was running' } },
  errors: [404, 409],
  stream: 'none',
  permission: 'containers:write',
});

export const containerStop = operation({
  group: 'docker',
  area: 'containers',
  method: 'POST',
  path: '/containers/{id}/stop',
  operationId: 'ContainerStop',
  summary: 'Stop a container',
  query: t.object({
    signal: t.optional(t.string('Name or number of the signal')),
    t: t.optional(t.integer('Seconds to wait before killing; -1 waits forever')),
  }),
  responses: { 204: { description: 'Stopped' }, 304: { description: 'It was not running' } },
  errors: [404],
  stream: 'none',
  permission: 'containers:write',
});

export const containerRestart = operation({
  group: 'docker',
  area: 'containers',
  method: 'POST',
  path: '/containers/{id}/restart',
  operationId: 'ContainerRestart',
  summary: 'Stop a container and start it again',
  query: t.object({
    signal: t.optional(t.string('Name or number of the signal')),
    t: t.optional(t.integer('Seconds to wait before killing; -1 waits forever')),
  }),
  responses: { 204: { description: 'Restarted' } },
  errors: [404, 409],
  stream: 'none',
  permission: 'containers:write',
});

export const containerKill = operation({
  group: 'docker',
  area: 'containers',
  method: 'POST',
  path: '/containers/{id}/kill',
  operationId: 'ContainerKill',
  summary: 'Send a signal to a container',
  query: t.object({
    signal: t.optional(t.string('Name or number of the signal, SIGKILL where absent')),
  }),
  responses: { 204: { description: 'Sent' } },
  errors: [404, 409],
  stream: 'none',
  permission: 'containers:write',
});

export const containerPause = operation({
  group: 'docker',
  area: 'containers',
  method: 'POST',
  path: '/containers/{id}/pause',
  operationId: 'ContainerPause',
  summary: 'Freeze the processes of a container',
  responses: { 204: { description: 'Paused' } },
  errors: [404, 409],
  stream: 'none',
  permission: 'containers:write',
});

export const containerUnpause = operation({
  group: 'docker',
  area: 'containers',
  method: 'POST',
  path: '/containers/{id}/unpause',
  operationId: 'ContainerUnpause',
  summary: 'Let a paused container go on',
  responses: { 204: { description: 'Running again' } },
  errors: [404, 409],
  stream: 'none',
  permission: 'containers:write',
});

export const containerWait = operation({
  group: 'docker',
  area: 'containers',
  method: 'POST',
  path: '/containers/{id}/wait',
  operationId: 'ContainerWait',
  summary: 'Wait for a container; the headers are sent at once',
  query: t.object({
    condition: t.optional(
      t.choice(['not-running', 'next-exit', 'removed', ''], 'What to wait for, not-running where absent'),
    ),
  }),
  responses: { 200: { description: 'It came', schema: ContainerWaitResponse } },
  errors: [404],
  stream: 'json',
  permission: 'containers:read',
});
