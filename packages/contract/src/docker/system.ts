import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { DistributionInspect } from './types/distribution.ts';
import { AuthConfig, AuthResponse, EventMessage, SystemVersion } from './types/system.ts';
import { SystemDf } from './types/system-df.ts';
import { SystemInfo } from './types/system-info.ts';

export const systemPing = operation({
  group: 'docker',
  area: 'system',
  method: 'GET',
  path: '/_ping',
  operationId: 'SystemPing',
  summary: 'Tell whether the service answers',
  responses: { 200: { description: 'OK', schema: t.string() } },
  stream: 'text',
  permission: 'system:read',
});

export const systemPingHead = operation({
  group: 'docker',
  area: 'system',
  method: 'HEAD',
  path: '/_ping',
  operationId: 'SystemPingHead',
  summary: 'Tell whether the service answers',
  responses: { 200: { description: 'It does; the headers tell its versions' } },
  stream: 'none',
  permission: 'system:read',
});

export const systemVersion = operation({
  group: 'docker',
  area: 'system',
  method: 'GET',
  path: '/version',
  operationId: 'SystemVersion',
  summary: 'Tell the versions of the service',
  responses: { 200: { description: 'Versions', schema: SystemVersion } },
  stream: 'json',
  permission: 'system:read',
});

export const systemInfo = operation({
  group: 'docker',
  area: 'system',
  method: 'GET',
  path: '/info',
  operationId: 'SystemInfo',
  summary: 'Describe the service and its host',
  responses: { 200: { description: 'The service', schema: SystemInfo } },
  stream: 'json',
  permission: 'system:read',
});

export const systemEvents = operation({
  group: 'docker',
  area: 'system',
  method: 'GET',
  path: '/events',
  operationId: 'SystemEvents',
  summary: 'Follow what happens',
  query: t.object({
    since: t.optional(t.string('Not before: RFC 3339, Unix seconds or a duration ago')),
    until: t.optional(t.string('Not after: RFC 3339, Unix seconds or a duration ago')),
    filters: t.filters('Which events'),
  }),
  headers: t.object({
    accept: t.optional(t.string('Framing from 1.52 on: application/jsonl, x-ndjson or json-seq')),
  }),
  responses: { 200: { description: 'One object per event', schema: EventMessage } },
  stream: 'ndjson',
  permission: 'system:read',
});

export const systemDataUsage = operation({
  group: 'docker',
  area: 'system',
  method: 'GET',
  path: '/system/df',
  operationId: 'SystemDataUsage',
  summary: 'Tell what takes space',
  since: '1.25',
  query: t.object({
    type: t.optional(t.array(t.string(), 'Only image, container, volume or build-cache')),
    verbose: t.flag('Add the single objects'),
  }),
  responses: { 200: { description: 'Sizes', schema: SystemDf } },
  stream: 'json',
  permission: 'system:read',
});

export const systemAuth = operation({
  group: 'docker',
  area: 'system',
  method: 'POST',
  path: '/auth',
  operationId: 'SystemAuth',
  summary: 'Check credentials with a registry',
  body: AuthConfig,
  responses: {
    200: { description: 'They are right', schema: AuthResponse },
    204: { description: 'They are right, and there is no token' },
  },
  errors: [401],
  stream: 'json',
  permission: 'system:read',
});

export const distributionInspect = operation({
  group: 'docker',
  area: 'distribution',
  method: 'GET',
  path: '/distribution/{name:*}/json',
  operationId: 'DistributionInspect',
  summary: 'Ask a registry about an image',
  since: '1.30',
  headers: t.object({
    'x-registry-auth': t.optional(t.string('Credentials, base64url JSON')),
  }),
  responses: { 200: { description: 'What the registry holds', schema: DistributionInspect } },
  errors: [401, 404],
  stream: 'json',
  permission: 'images:read',
});
