import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { ListQuadlet, QuadletInstallReport, QuadletRemoveReport } from './types/kube.ts';

export const quadletList = operation({
  group: 'libpod',
  area: 'quadlets',
  method: 'GET',
  path: '/libpod/quadlets/json',
  operationId: 'QuadletListLibpod',
  summary: 'List quadlets',
  query: t.object({
    filters: t.filters('Conditions on what is listed'),
  }),
  responses: { 200: { description: 'Quadlets', schema: t.array(ListQuadlet) } },
  stream: 'json',
  permission: 'quadlets:read',
});

export const quadletExists = operation({
  group: 'libpod',
  area: 'quadlets',
  method: 'GET',
  path: '/libpod/quadlets/{name}/exists',
  operationId: 'QuadletExistsLibpod',
  summary: 'Tell whether there is such a quadlet',
  responses: { 204: { description: 'There is' } },
  errors: [404],
  stream: 'none',
  permission: 'quadlets:read',
});

export const quadletFile = operation({
  group: 'libpod',
  area: 'quadlets',
  method: 'GET',
  path: '/libpod/quadlets/{name}/file',
  operationId: 'QuadletFileLibpod',
  summary: 'Read the file of a quadlet',
  responses: { 200: { description: 'The file', schema: t.string() } },
  errors: [404],
  stream: 'text',
  permission: 'quadlets:read',
});

export const quadletInstall = operation({
  group: 'libpod',
  area: 'quadlets',
  method: 'POST',
  path: '/libpod/quadlets',
  operationId: 'QuadletInstallLibpod',
  summary: 'Install quadlets',
  query: t.object({
    replace: t.flag('Replace an existing one of that name'),
    'reload-systemd': t.flag('Reload systemd afterwards', true),
  }),
  upload: ['application/x-tar', 'multipart/form-data'],
  responses: { 200: { description: 'What was installed', schema: QuadletInstallReport } },
  stream: 'json',
  permission: 'quadlets:admin',
});

export const quadletDelete = operation({
  group: 'libpod',
  area: 'quadlets',
  method: 'DELETE',
  path: '/libpod/quadlets/{name}',
  operationId: 'QuadletDeleteLibpod',
  summary: 'Remove a quadlet',
  query: t.object({
    force: t.flag('Stop its service first'),
    ignore: t.flag('No error where there is none'),
    'reload-systemd': t.flag('Reload systemd afterwards', true),
  }),
  responses: { 200: { description: 'What was removed', schema: QuadletRemoveReport } },
  errors: [404],
  stream: 'json',
  permission: 'quadlets:admin',
});

export const quadletDeleteAll = operation({
  group: 'libpod',
  area: 'quadlets',
  method: 'DELETE',
  path: '/libpod/quadlets',
  operationId: 'QuadletDeleteAllLibpod',
  summary: 'Remove several quadlets',
  query: t.object({
    quadlets: t.optional(t.array(t.string(), 'Which of them')),
    all: t.flag('Every quadlet'),
    force: t.flag('Stop its service first'),
    ignore: t.flag('No error where there is none'),
    'reload-systemd': t.flag('Reload systemd afterwards', true),
  }),
  responses: { 200: { description: 'What was removed', schema: QuadletRemoveReport } },
  stream: 'json',
  permission: 'quadlets:admin',
});
