import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { PodReport, PodStartReport } from './types/pods.ts';

export const podStart = operation({
  group: 'libpod',
  area: 'pods',
  method: 'POST',
  path: '/libpod/pods/{name}/start',
  operationId: 'PodStartLibpod',
  summary: 'Start the containers of a pod',
  responses: {
    200: { description: 'Done', schema: PodStartReport },
    304: { description: 'It was so' },
    409: { description: 'Some containers failed', schema: PodStartReport },
  },
  errors: [404],
  stream: 'json',
  permission: 'pods:write',
});

export const podStop = operation({
  group: 'libpod',
  area: 'pods',
  method: 'POST',
  path: '/libpod/pods/{name}/stop',
  operationId: 'PodStopLibpod',
  summary: 'Stop the containers of a pod',
  query: t.object({
    t: t.optional(t.integer('Seconds to wait before killing; -1 waits forever')),
  }),
  responses: {
    200: { description: 'Done', schema: PodStartReport },
    304: { description: 'It was so' },
    409: { description: 'Some containers failed', schema: PodStartReport },
  },
  errors: [404],
  stream: 'json',
  permission: 'pods:write',
});

export const podRestart = operation({
  group: 'libpod',
  area: 'pods',
  method: 'POST',
  path: '/libpod/pods/{name}/restart',
  operationId: 'PodRestartLibpod',
  summary: 'Restart the containers of a pod',
  responses: {
    200: { description: 'Done', schema: PodReport },
    409: { description: 'Some containers failed', schema: PodReport },
  },
  errors: [404],
  stream: 'json',
  permission: 'pods:write',
});

export const podKill = operation({
  group: 'libpod',
  area: 'pods',
  method: 'POST',
  path: '/libpod/pods/{name}/kill',
  operationId: 'PodKillLibpod',
  summary: 'Send a signal to the containers of a pod',
  query: t.object({
    signal: t.optional(t.string('Name or number of the signal, SIGKILL where absent')),
  }),
  responses: {
    200: { description: 'Done', schema: PodReport },
    409: { description: 'Some containers failed', schema: PodReport },
  },
  errors: [404],
  stream: 'json',
  permission: 'pods:write',
});

export const podPause = operation({
  group: 'libpod',
  area: 'pods',
  method: 'POST',
  path: '/libpod/pods/{name}/pause',
  operationId: 'PodPauseLibpod',
  summary: 'Freeze the containers of a pod',
  responses: {
    200: { description: 'Done', schema: PodReport },
    409: { description: 'Some containers failed', schema: PodReport },
  },
  errors: [404],
  stream: 'json',
  permission: 'pods:write',
});

export const podUnpause = operation({
  group: 'libpod',
  area: 'pods',
  method: 'POST',
  path: '/libpod/pods/{name}/unpause',
  operationId: 'PodUnpauseLibpod',
  summary: 'Let the containers of a pod go on',
  responses: {
    200: { description: 'Done', schema: PodReport },
    409: { description: 'Some containers failed', schema: PodReport },
  },
  errors: [404],
  stream: 'json',
  permission: 'pods:write',
});
