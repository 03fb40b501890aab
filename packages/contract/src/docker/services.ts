import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { Service, ServiceCreateResponse, ServiceSpec, ServiceUpdateResponse } from './types/swarm-services.ts';

export const serviceList = operation({
  group: 'docker',
  area: 'services',
  method: 'GET',
  path: '/services',
  operationId: 'ServiceList',
  summary: 'List services',
  query: t.object({
    filters: t.filters('Conditions on what is listed'),
    status: t.flag('Add the number of tasks'),
  }),
  responses: { 200: { description: 'Services', schema: t.array(Service) } },
  errors: [503],
  stream: 'json',
  permission: 'swarm:read',
});

export const serviceCreate = operation({
  group: 'docker',
  area: 'services',
  method: 'POST',
  path: '/services/create',
  operationId: 'ServiceCreate',
  summary: 'Create a service',
  headers: t.object({
    'x-registry-auth': t.optional(t.string('Credentials, base64url JSON')),
  }),
  body: ServiceSpec,
  responses: { 201: { description: 'Created', schema: ServiceCreateResponse } },
  errors: [403, 409, 503],
  stream: 'json',
  permission: 'swarm:write',
});

export const serviceInspect = operation({
  group: 'docker',
  area: 'services',
  method: 'GET',
  path: '/services/{id}',
  operationId: 'ServiceInspect',
  summary: 'Inspect a service',
  query: t.object({
    insertDefaults: t.flag('Fill in defaults'),
  }),
  responses: { 200: { description: 'The service', schema: Service } },
  errors: [404, 503],
  stream: 'json',
  permission: 'swarm:read',
});

export const serviceDelete = operation({
  group: 'docker',
  area: 'services',
  method: 'DELETE',
  path: '/services/{id}',
  operationId: 'ServiceDelete',
  summary: 'Remove a service',
  responses: { 200: { description: 'Removed' } },
  errors: [404, 503],
  stream: 'none',
  permission: 'swarm:write',
});

export const serviceUpdate = operation({
  group: 'docker',
  area: 'services',
  method: 'POST',
  path: '/services/{id}/update',
  operationId: 'ServiceUpdate',
  summary: 'Change a service',
  query: t.object({
    version: t.integer('Version of the object to change; guards against lost updates'),
    registryAuthFrom: t.optional(t.string('spec or previous-spec')),
    rollback: t.optional(t.string('`previous` goes back')),
  }),
  headers: t.object({
    'x-registry-auth': t.optional(t.string('Credentials, base64url JSON')),
  }),
  body: ServiceSpec,
  responses: { 200: { description: 'Changed', schema: ServiceUpdateResponse } },
  errors: [404, 503],
  stream: 'json',
  permission: 'swarm:write',
});

export const serviceLogs = operation({
  group: 'docker',
  area: 'services',
  method: 'GET',
  path: '/services/{id}/logs',
  operationId: 'ServiceLogs',
  summary: 'Read the log of a service',
  query: t.object({
    details: t.flag('Begin every line with the log attributes'),
    follow: t.flag('Keep sending what is written'),
    stdout: t.flag('Standard output'),
    stderr: t.flag('Standard error'),
    since: t.optional(t.string('Not before: RFC 3339, Unix seconds or a duration ago')),
    timestamps: t.flag('Begin every line with its time'),
    tail: t.optional(t.string('Number of last lines, or `all`')),
  }),
  responses: { 200: { description: 'Frames of stdout and stderr' } },
  errors: [404, 503],
  stream: 'raw',
  permission: 'swarm:read',
});
