import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { HealthCheckResults } from './types/container-inspect.ts';

export const containerInit = operation({
  group: 'libpod',
  area: 'containers',
  method: 'POST',
  path: '/libpod/containers/{name}/init',
  operationId: 'ContainerInitLibpod',
  summary: 'Make a container ready to start',
  responses: { 204: { description: 'Ready' }, 304: { description: 'It was' } },
  errors: [404, 409],
  stream: 'none',
  permission: 'containers:write',
});

export const containerStart = operation({
  group: 'libpod',
  area: 'containers',
  method: 'POST',
  path: '/libpod/containers/{name}/start',
  operationId: 'ContainerStartLibpod',
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
  group: 'libpod',
  area: 'containers',
  method: 'POST',
  path: '/libpod/containers/{name}/stop',
  operationId: 'ContainerStopLibpod',
  summary: 'Stop a container',
  query: t.object({
    timeout: t.optional(t.unsigned('Seconds to wait before killing')),
    t: t.optional(t.integer('Other name of timeout')),
    ignore: t.flag('No error where it does not run'),
  }),
  responses: { 204: { description: 'Stopped' }, 304: { description: 'It was not running' } },
  errors: [404],
  stream: 'none',
  permission: 'containers:write',
});

export const containerRestart = operation({
  group: 'libpod',
  area: 'containers',
  method: 'POST',
  path: '/libpod/containers/{name}/restart',
  operationId: 'ContainerRestartLibpod',
  summary: 'Stop a container and start it again',
  query: t.object({
    timeout: t.optional(t.unsigned('Seconds to wait before killing')),
    t: t.optional(t.integer('Other name of timeout')),
  }),
  responses: { 204: { description: 'Restarted' } },
  errors: [404, 409],
  stream: 'none',
  permission: 'containers:write',
});

export const containerKill = operation({
  group: 'libpod',
  area: 'containers',
  method: 'POST',
  path: '/libpod/containers/{name}/kill',
  operationId: 'ContainerKillLibpod',
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
  group: 'libpod',
  area: 'containers',
  method: 'POST',
  path: '/libpod/containers/{name}/pause',
  operationId: 'ContainerPauseLibpod',
  summary: 'Freeze the processes of a container',
  responses: { 204: { description: 'Paused' } },
  errors: [404, 409],
  stream: 'none',
  permission: 'containers:write',
});

export const containerUnpause = operation({
  group: 'libpod',
  area: 'containers',
  method: 'POST',
  path: '/libpod/containers/{name}/unpause',
  operationId: 'ContainerUnpauseLibpod',
  summary: 'Let a paused container go on',
  responses: { 204: { description: 'Running again' } },
  errors: [404, 409],
  stream: 'none',
  permission: 'containers:write',
});

export const containerWait = operation({
  group: 'libpod',
  area: 'containers',
  method: 'POST',
  path: '/libpod/containers/{name}/wait',
  operationId: 'ContainerWaitLibpod',
  summary: 'Wait for a state of a container',
  query: t.object({
    condition: t.optional(t.array(t.string(), 'States to wait for, stopped or exited where absent')),
    interval: t.optional(t.string('Pause between looks, a duration')),
  }),
  responses: { 200: { description: 'Its exit code', schema: t.string() } },
  errors: [404],
  stream: 'text',
  permission: 'containers:read',
});

export const containerShouldRestart = operation({
  group: 'libpod',
  area: 'containers',
  method: 'POST',
  path: '/libpod/containers/{name}/shouldrestart',
  operationId: 'ContainerShouldRestartLibpod',
  summary: 'Tell whether a container that has ended will be started again by its restart policy',
  responses: { 204: { description: 'It will' } },
  errors: [404, 409],
  stream: 'none',
  permission: 'containers:read',
});

export const containerHealthcheck = operation({
  group: 'libpod',
  area: 'containers',
  method: 'GET',
  path: '/libpod/containers/{name}/healthcheck',
  operationId: 'ContainerHealthcheckLibpod',
  summary: 'Run the health check of a container',
  responses: { 200: { description: 'What it said', schema: HealthCheckResults } },
  errors: [404, 409],
  stream: 'json',
  permission: 'containers:exec',
});
