import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { Secret, SecretSpec } from './types/swarm-secrets.ts';

export const secretList = operation({
  group: 'docker',
  area: 'secrets',
  method: 'GET',
  path: '/secrets',
  operationId: 'SecretList',
  summary: 'List secrets',
  since: '1.25',
  query: t.object({
    filters: t.filters('Conditions on what is listed'),
  }),
  responses: { 200: { description: 'Secrets', schema: t.array(Secret) } },
  errors: [503],
  stream: 'json',
  permission: 'secrets:read',
});

export const secretCreate = operation({
  group: 'docker',
  area: 'secrets',
  method: 'POST',
  path: '/secrets/create',
  operationId: 'SecretCreate',
  summary: 'Create a secret',
  since: '1.25',
  body: SecretSpec,
  responses: { 201: { description: 'Created', schema: t.object({ ID: t.string() }) } },
  errors: [409, 503],
  stream: 'json',
  permission: 'secrets:write',
});

export const secretInspect = operation({
  group: 'docker',
  area: 'secrets',
  method: 'GET',
  path: '/secrets/{id}',
  operationId: 'SecretInspect',
  summary: 'Inspect a secret',
  since: '1.25',
  responses: { 200: { description: 'The secret', schema: Secret } },
  errors: [404, 503],
  stream: 'json',
  permission: 'secrets:read',
});

export const secretDelete = operation({
  group: 'docker',
  area: 'secrets',
  method: 'DELETE',
  path: '/secrets/{id}',
  operationId: 'SecretDelete',
  summary: 'Remove a secret',
  since: '1.25',
  responses: { 204: { description: 'Removed' } },
  errors: [404, 503],
  stream: 'none',
  permission: 'secrets:write',
});

export const secretUpdate = operation({
  group: 'docker',
  area: 'secrets',
  method: 'POST',
  path: '/secrets/{id}/update',
  operationId: 'SecretUpdate',
  summary: 'Change the labels of a secret',
  since: '1.25',
  query: t.object({
    version: t.integer('Version of the object to change; guards against lost updates'),
  }),
  body: SecretSpec,
  responses: { 200: { description: 'Changed' } },
  errors: [404, 503],
  stream: 'none',
  permission: 'secrets:write',
});
