import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { Event, SystemCheckReport, SystemDfReport, SystemPruneReport, SystemVersion } from './types/system.ts';
import { SystemInfo } from './types/system-info.ts';

export const systemPing = operation({
  group: 'libpod',
  area: 'system',
  method: 'GET',
  path: '/libpod/_ping',
  operationId: 'SystemPing',
  summary: 'Tell whether the service answers',
  responses: { 200: { description: 'OK', schema: t.string() } },
  stream: 'text',
  permission: 'system:read',
});

export const systemPingHead = operation({
  group: 'libpod',
  area: 'system',
  method: 'HEAD',
  path: '/libpod/_ping',
  operationId: 'SystemPingHead',
  summary: 'Tell whether the service answers',
  responses: { 200: { description: 'It does; the headers tell its versions' } },
  stream: 'none',
  permission: 'system:read',
});

export const systemVersion = operation({
  group: 'libpod',
  area: 'system',
  method: 'GET',
  path: '/libpod/version',
  operationId: 'SystemVersionLibpod',
  summary: 'Tell the versions of the service',
  responses: { 200: { description: 'Versions', schema: SystemVersion } },
  stream: 'json',
  permission: 'system:read',
});

export const systemInfo = operation({
  group: 'libpod',
  area: 'system',
  method: 'GET',
  path: '/libpod/info',
  operationId: 'SystemInfoLibpod',
  summary: 'Describe the service and its host',
  responses: { 200: { description: 'The service', schema: SystemInfo } },
  stream: 'json',
  permission: 'system:read',
});

export const systemEvents = operation({
  group: 'libpod',
  area: 'system',
  method: 'GET',
  path: '/libpod/events',
  operationId: 'SystemEventsLibpod',
  summary: 'Follow what happens',
  query: t.object({
    since: t.optional(t.string('Not before: RFC 3339, Unix seconds or a duration ago')),
    until: t.optional(t.string('Not after: RFC 3339, Unix seconds or a duration ago')),
    filters: t.filters('Which events'),
    stream: t.flag('Wait for further events', true),
  }),
  responses: { 200: { description: 'One object per event', schema: Event } },
  stream: 'ndjson',
  permission: 'system:read',
});

export const systemDataUsage = operation({
  group: 'libpod',
  area: 'system',
  method: 'GET',
  path: '/libpod/system/df',
  operationId: 'SystemDataUsageLibpod',
  summary: 'Tell what takes space',
  responses: { 200: { description: 'Sizes', schema: SystemDfReport } },
  stream: 'json',
  permission: 'system:read',
});

export const systemPrune = operation({
  group: 'libpod',
  area: 'system',
  method: 'POST',
  path: '/libpod/system/prune',
  operationId: 'SystemPruneLibpod',
  summary: 'Remove what nothing uses',
  query: t.object({
    all: t.flag('Also images with a name'),
    volumes: t.flag('Also volumes'),
    external: t.flag('Also what other tools left'),
    build: t.flag('Also the build cache'),
    filters: t.filters('Which of it'),
  }),
  responses: { 200: { description: 'What was removed', schema: SystemPruneReport } },
  stream: 'json',
  permission: 'system:admin',
});

export const systemCheck = operation({
  group: 'libpod',
  area: 'system',
  method: 'POST',
  path: '/libpod/system/check',
  operationId: 'SystemCheckLibpod',
  summary: 'Check the storage, and repair it where asked',
  query: t.object({
    quick: t.flag('Without reading the layers'),
    repair: t.flag('Remove what is damaged'),
    repair_lossy: t.flag('Remove containers over damaged layers too'),
    unreferenced_layer_max_age: t.optional(t.string('Age from which an unused layer is damage, a duration')),
  }),
  responses: { 200: { description: 'What was found', schema: SystemCheckReport } },
  stream: 'json',
  permission: 'system:admin',
});
