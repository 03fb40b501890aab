import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { Node, NodeSpec } from './types/swarm-nodes.ts';

export const nodeList = operation({
  group: 'docker',
  area: 'nodes',
  method: 'GET',
  path: '/nodes',
  operationId: 'NodeList',
  summary: 'List the nodes of the swarm',
  query: t.object({
    filters: t.filters('Conditions on what is listed'),
  }),
  responses: { 200: { description: 'Nodes', schema: t.array(Node) } },
  errors: [503],
  stream: 'json',
  permission: 'swarm:read',
});

export const nodeInspect = operation({
  group: 'docker',
  area: 'nodes',
  method: 'GET',
  path: '/nodes/{id}',
  operationId: 'NodeInspect',
  summary: 'Inspect a node',
  responses: { 200: { description: 'The node', schema: Node } },
  errors: [404, 503],
  stream: 'json',
  permission: 'swarm:read',
});

export const nodeDelete = operation({
  group: 'docker',
  area: 'nodes',
  method: 'DELETE',
  path: '/nodes/{id}',
  operationId: 'NodeDelete',
  summary: 'Remove a node',
  query: t.object({
    force: t.flag('Do it even where it is in use or running'),
  }),
  responses: { 200: { description: 'Removed' } },
  errors: [404, 503],
  stream: 'none',
  permission: 'swarm:admin',
});

export const nodeUpdate = operation({
  group: 'docker',
  area: 'nodes',
  method: 'POST',
  path: '/nodes/{id}/update',
  operationId: 'NodeUpdate',
  summary: 'Change a node',
  query: t.object({
    version: t.integer('Version of the object to change; guards against lost updates'),
  }),
  body: NodeSpec,
  responses: { 200: { description: 'Changed' } },
  errors: [404, 503],
  stream: 'none',
  permission: 'swarm:admin',
});
