import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { NetworkInspect, NetworkSummary } from './types/network-inspect.ts';
import {
  NetworkConnectRequest,
  NetworkCreateRequest,
  NetworkCreateResponse,
  NetworkDisconnectRequest,
  NetworkPruneResponse,
} from './types/networks.ts';

export const networkList = operation({
  group: 'docker',
  area: 'networks',
  method: 'GET',
  path: '/networks',
  operationId: 'NetworkList',
  summary: 'List networks',
  query: t.object({
    filters: t.filters('Conditions on what is listed'),
  }),
  responses: { 200: { description: 'Networks', schema: t.array(NetworkSummary) } },
  stream: 'json',
  permission: 'networks:read',
});

export const networkInspect = operation({
  group: 'docker',
  area: 'networks',
  method: 'GET',
  path: '/networks/{id}',
  operationId: 'NetworkInspect',
  summary: 'Inspect a network',
  query: t.object({
    verbose: t.flag('Add details'),
    scope: t.optional(t.string('swarm, global or local')),
  }),
  responses: { 200: { description: 'The network', schema: NetworkInspect } },
  errors: [404],
  stream: 'json',
  permission: 'networks:read',
});

export const networkCreate = operation({
  group: 'docker',
  area: 'networks',
  method: 'POST',
  path: '/networks/create',
  operationId: 'NetworkCreate',
  summary: 'Create a network',
  body: NetworkCreateRequest,
  responses: { 201: { description: 'Created', schema: NetworkCreateResponse } },
  errors: [403, 404, 409],
  stream: 'json',
  permission: 'networks:write',
});

export const networkDelete = operation({
  group: 'docker',
  area: 'networks',
  method: 'DELETE',
  path: '/networks/{id}',
  operationId: 'NetworkDelete',
  summary: 'Remove a network',
  responses: { 204: { description: 'Removed' } },
  errors: [403, 404],
  stream: 'none',
  permission: 'networks:write',
});

export const networkConnect = operation({
  group: 'docker',
  area: 'networks',
  method: 'POST',
  path: '/networks/{id}/connect',
  operationId: 'NetworkConnect',
  summary: 'Connect a container to a network',
  body: NetworkConnectRequest,
  responses: { 200: { description: 'Connected' } },
  errors: [403, 404, 409],
  stream: 'none',
  permission: 'networks:write',
});

export const networkDisconnect = operation({
  group: 'docker',
  area: 'networks',
  method: 'POST',
  path: '/networks/{id}/disconnect',
  operationId: 'NetworkDisconnect',
  summary: 'Disconnect a container from a network',
  body: NetworkDisconnectRequest,
  responses: { 200: { description: 'Disconnected' } },
  errors: [403, 404],
  stream: 'none',
  permission: 'networks:write',
});

export const networkPrune = operation({
  group: 'docker',
  area: 'networks',
  method: 'POST',
  path: '/networks/prune',
  operationId: 'NetworkPrune',
  summary: 'Remove networks that nothing uses',
  since: '1.25',
  query: t.object({
    filters: t.filters('Which of them'),
  }),
  responses: { 200: { description: 'What was removed', schema: NetworkPruneResponse } },
  errors: [409],
  stream: 'json',
  permission: 'networks:write',
});
