import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { Config, ConfigSpec } from './types/swarm-secrets.ts';

export const configList = operation({
  group: 'docker',
  area: 'configs',
  method: 'GET',
  path: '/configs',
  operationId: 'ConfigList',
  summary: 'List configs',
  since: '1.30',
  query: t.object({
    filters: t.filters('Conditions on what is listed'),
  }),
  responses: { 200: { description: 'Configs', schema: t.array(Config) } },
  errors: [503],
  stream: 'json',
  permission: 'configs:read',
});

export const configCreate = operation({
  group: 'docker',
  area: 'configs',
  method: 'POST',
  path: '/configs/create',
  operationId: 'ConfigCreate',
  summary: 'Create a config',
  since: '1.30',
  body: ConfigSpec,
  responses: { 201: { description: 'Created', schema: t.object({ ID: t.string() }) } },
  errors: [409, 503],
  stream: 'json',
  permission: 'configs:write',
});

export const configInspect = operation({
  group: 'docker',
  area: 'configs',
  method: 'GET',
  path: '/configs/{id}',
  operationId: 'ConfigInspect',
  summary: 'Inspect a config',
  since: '1.30',
  responses: { 200: { description: 'The config', schema: Config } },
  errors: [404, 503],
  stream: 'json',
  permission: 'configs:read',
});

export const configDelete = operation({
  group: 'docker',
  area: 'configs',
  method: 'DELETE',
  path: '/configs/{id}',
  operationId: 'ConfigDelete',
  summary: 'Remove a config',
  since: '1.30',
  responses: { 204: { description: 'Removed' } },
  errors: [404, 503],
  stream: 'none',
  permission: 'configs:write',
});

export const configUpdate = operation({
  group: 'docker',
  area: 'configs',
  method: 'POST',
  path: '/configs/{id}/update',
  operationId: 'ConfigUpdate',
  summary: 'Change the labels of a config',
  since: '1.30',
  query: t.object({
    version: t.integer('Version of the object to change; guards against lost updates'),
  }),
  body: ConfigSpec,
  responses: { 200: { description: 'Changed' } },
  errors: [404, 503],
  stream: 'none',
  permission: 'configs:write',
});
