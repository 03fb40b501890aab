import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { TopReport } from './types/container-runtime.ts';
import { PodSpecGenerator } from './types/pod-spec.ts';
import { PodInspect, PodPruneReport, PodRmReport, PodStatsReport, PodSummary } from './types/pods.ts';

export const podCreate = operation({
  group: 'libpod',
  area: 'pods',
  method: 'POST',
  path: '/libpod/pods/create',
  operationId: 'PodCreateLibpod',
  summary: 'Create a pod',
  body: PodSpecGenerator,
  responses: { 201: { description: 'Created', schema: t.object({ Id: t.string() }) } },
  errors: [409],
  stream: 'json',
  permission: 'pods:write',
});

export const podList = operation({
  group: 'libpod',
  area: 'pods',
  method: 'GET',
  path: '/libpod/pods/json',
  operationId: 'PodListLibpod',
  summary: 'List pods',
  query: t.object({
    filters: t.filters('Conditions on what is listed'),
  }),
  responses: { 200: { description: 'Pods', schema: t.array(PodSummary) } },
  stream: 'json',
  permission: 'pods:read',
});

export const podInspect = operation({
  group: 'libpod',
  area: 'pods',
  method: 'GET',
  path: '/libpod/pods/{name}/json',
  operationId: 'PodInspectLibpod',
  summary: 'Inspect a pod',
  responses: { 200: { description: 'The pod', schema: PodInspect } },
  errors: [404],
  stream: 'json',
  permission: 'pods:read',
});

export const podExists = operation({
  group: 'libpod',
  area: 'pods',
  method: 'GET',
  path: '/libpod/pods/{name}/exists',
  operationId: 'PodExistsLibpod',
  summary: 'Tell whether there is such a pod',
  responses: { 204: { description: 'There is' } },
  errors: [404],
  stream: 'none',
  permission: 'pods:read',
});

export const podDelete = operation({
  group: 'libpod',
  area: 'pods',
  method: 'DELETE',
  path: '/libpod/pods/{name}',
  operationId: 'PodDeleteLibpod',
  summary: 'Remove a pod',
  query: t.object({
    force: t.flag('With its running containers'),
    timeout: t.optional(t.unsigned('Seconds to wait before killing')),
  }),
  responses: { 200: { description: 'What was removed', schema: PodRmReport } },
  errors: [404, 409],
  stream: 'json',
  permission: 'pods:write',
});

export const podPrune = operation({
  group: 'libpod',
  area: 'pods',
  method: 'POST',
  path: '/libpod/pods/prune',
  operationId: 'PodPruneLibpod',
  summary: 'Remove every pod that does not run',
  responses: { 200: { description: 'One object per pod', schema: t.array(PodPruneReport) } },
  errors: [409],
  stream: 'json',
  permission: 'pods:write',
});

export const podTop = operation({
  group: 'libpod',
  area: 'pods',
  method: 'GET',
  path: '/libpod/pods/{name}/top',
  operationId: 'PodTopLibpod',
  summary: 'List the processes of a pod',
  query: t.object({
    stream: t.flag('Report again and again'),
    delay: t.optional(t.unsigned('Seconds between two reports')),
    ps_args: t.optional(t.string('Arguments for ps')),
  }),
  responses: { 200: { description: 'One object per report', schema: TopReport } },
  errors: [404],
  stream: 'ndjson',
  permission: 'pods:read',
});

export const podStatsAll = operation({
  group: 'libpod',
  area: 'pods',
  method: 'GET',
  path: '/libpod/pods/stats',
  operationId: 'PodStatsAllLibpod',
  summary: 'Report what pods use',
  query: t.object({
    namesOrIDs: t.optional(t.array(t.string(), 'Which of them; the running ones where absent')),
    all: t.flag('Include pods that are not running'),
    stream: t.flag('Report again and again'),
    delay: t.optional(t.unsigned('Seconds between two reports')),
  }),
  responses: { 200: { description: 'One list per report', schema: t.array(PodStatsReport) } },
  errors: [404],
  stream: 'ndjson',
  permission: 'pods:read',
});
