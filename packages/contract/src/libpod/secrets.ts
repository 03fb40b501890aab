import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { SecretInspect } from './types/secrets.ts';

export const secretList = operation({
  group: 'libpod',
  area: 'secrets',
  method: 'GET',
  path: '/libpod/secrets/json',
  operationId: 'SecretListLibpod',
  summary: 'List secrets',
  query: t.object({
    filters: t.filters('Conditions on what is listed'),
  }),
  responses: { 200: { description: 'Secrets', schema: t.array(SecretInspect) } },
  stream: 'json',
  permission: 'secrets:read',
});

export const secretInspect = operation({
  group: 'libpod',
  area: 'secrets',
  method: 'GET',
  path: '/libpod/secrets/{name}/json',
  operationId: 'SecretInspectLibpod',
  summary: 'Inspect a secret',
  query: t.object({
    showsecret: t.flag('Add the secret data'),
  }),
  responses: { 200: { description: 'The secret', schema: SecretInspect } },
  errors: [404],
  stream: 'json',
  permission: 'secrets:read',
});

export const secretExists = operation({
  group: 'libpod',
  area: 'secrets',
  method: 'GET',
  path: '/libpod/secrets/{name}/exists',
  operationId: 'SecretExistsLibpod',
  summary: 'Tell whether there is such a secret',
  responses: { 204: { description: 'There is' } },
  errors: [404],
  stream: 'none',
  permission: 'secrets:read',
});

export const secretCreate = operation({
  group: 'libpod',
  area: 'secrets',
  method: 'POST',
  path: '/libpod/secrets/create',
  operationId: 'SecretCreateLibpod',
  summary: 'Create a secret from the request body',
  query: t.object({
    name: t.string('Its name'),
    driver: t.optional(t.string('Driver')),
    driveropts: t.optional(t.json(t.record(t.string()), 'Options of the driver')),
    labels: t.optional(t.json(t.record(t.string()), 'Labels')),
    replace: t.flag('Replace an existing one of that name'),
    ignore: t.flag('No error where there is one'),
  }),
  upload: ['application/octet-stream', 'text/plain', 'application/json'],
  responses: { 200: { description: 'Its ID', schema: t.object({ ID: t.string() }) } },
  errors: [409],
  stream: 'json',
  permission: 'secrets:write',
});

export const secretDelete = operation({
  group: 'libpod',
  area: 'secrets',
  method: 'DELETE',
  path: '/libpod/secrets/{name}',
  operationId: 'SecretDeleteLibpod',
  summary: 'Remove a secret',
  responses: { 204: { description: 'Removed' } },
  errors: [404],
  stream: 'none',
  permission: 'secrets:write',
});
