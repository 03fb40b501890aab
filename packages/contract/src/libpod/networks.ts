import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import {
  Network,
  NetworkConnectRequest,
  NetworkCreateRequest,
  NetworkDisconnectRequest,
  NetworkInspectReport,
  NetworkPruneReport,
  NetworkRmReport,
  NetworkUpdateRequest,
} from './types/networks.ts';

export const networkList = operation({
  group: 'libpod',
  area: 'networks',
  method: 'GET',
  path: '/libpod/networks/json',
  operationId: 'NetworkListLibpod',
  summary: 'List networks',
  query: t.object({
    filters: t.filters('Conditions on what is listed'),
  }),
  responses: { 200: { description: 'Networks', schema: t.array(Network) } },
  stream: 'json',
  permission: 'networks:read',
});

export const networkInspect = operation({
  group: 'libpod',
  area: 'networks',
  method: 'GET',
  path: '/libpod/networks/{name}/json',
  operationId: 'NetworkInspectLibpod',
  summary: 'Inspect a network',
  responses: { 200: { description: 'The network', schema: NetworkInspectReport } },
  errors: [404],
  stream: 'json',
  permission: 'networks:read',
});

export const networkGet = operation({
  group: 'libpod',
  area: 'networks',
  method: 'GET',
  path: '/libpod/networks/{name}',
  operationId: 'NetworkGetLibpod',
  summary: 'Inspect a network',
  responses: { 200: { description: 'The network', schema: NetworkInspectReport } },
  errors: [404],
  stream: 'json',
  permission: 'networks:read',
});

export const networkExists = operation({
  group: 'libpod',
  area: 'networks',
  method: 'GET',
  path: '/libpod/networks/{name}/exists',
  operationId: 'NetworkExistsLibpod',
  summary: 'Tell whether there is such a network',
  responses: { 204: { description: 'There is' } },
  errors: [404],
  stream: 'none',
  permission: 'networks:read',
});

export const networkCreate = operation({
  group: 'libpod',
  area: 'networks',
  method: 'POST',
  path: '/libpod/networks/create',
  operationId: 'NetworkCreateLibpod',
  summary: 'Create a network',
  query: t.object({
    ignoreIfExists: t.flag('No error where there is one'),
  }),
  body: NetworkCreateRequest,
  responses: { 200: { description: 'The network', schema: Network } },
  errors: [409],
  stream: 'json',
  permission: 'networks:write',
});

export const networkUpdate = operation({
  group: 'libpod',
  area: 'networks',
  method: 'POST',
  path: '/libpod/networks/{name}/update',
  operationId: 'NetworkUpdateLibpod',
  summary: 'Change the name servers of a network',
  body: NetworkUpdateRequest,
  responses: { 204: { description: 'Changed' } },
  errors: [404],
  stream: 'none',
  permission: 'networks:write',
});

export const networkDelete = operation({
  group: 'libpod',
  area: 'networks',
  method: 'DELETE',
  path: '/libpod/networks/{name}',
  operationId: 'NetworkDeleteLibpod',
  summary: 'Remove a network',
  query: t.object({
    force: t.flag('With the containers that use it'),
  }),
  responses: { 200: { description: 'One object per network', schema: t.array(NetworkRmReport) } },
  errors: [403, 404],
  stream: 'json',
  permission: 'networks:write',
});

export const networkConnect = operation({
  group: 'libpod',
  area: 'networks',
  method: 'POST',
  path: '/libpod/networks/{name}/connect',
  operationId: 'NetworkConnectLibpod',
  summary: 'Connect a container to a network',
  body: NetworkConnectRequest,
  responses: { 200: { description: 'OK', schema: t.string() } },
  errors: [403, 404, 409],
  stream: 'text',
  permission: 'networks:write',
});

export const networkDisconnect = operation({
  group: 'libpod',
  area: 'networks',
  method: 'POST',
  path: '/libpod/networks/{name}/disconnect',
  operationId: 'NetworkDisconnectLibpod',
  summary: 'Disconnect a container from a network',
  body: NetworkDisconnectRequest,
  responses: { 200: { description: 'OK', schema: t.string() } },
  errors: [404],
  stream: 'text',
  permission: 'networks:write',
});

export const networkPrune = operation({
  group: 'libpod',
  area: 'networks',
  method: 'POST',
  path: '/libpod/networks/prune',
  operationId: 'NetworkPruneLibpod',
  summary: 'Remove networks that nothing uses',
  query: t.object({
    filters: t.filters('Which of them'),
  }),
  responses: { 200: { description: 'One object per network', schema: t.array(NetworkPruneReport) } },
  stream: 'json',
  permission: 'networks:write',
});
