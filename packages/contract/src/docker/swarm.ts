import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { Swarm, SwarmInitRequest, SwarmJoinRequest, SwarmUnlockKey, SwarmUnlockRequest } from './types/swarm.ts';
import { SwarmSpec } from './types/system-info.ts';

export const swarmInspect = operation({
  group: 'docker',
  area: 'swarm',
  method: 'GET',
  path: '/swarm',
  operationId: 'SwarmInspect',
  summary: 'Inspect the swarm',
  responses: { 200: { description: 'The swarm', schema: Swarm } },
  errors: [404, 503],
  stream: 'json',
  permission: 'swarm:read',
});

export const swarmInit = operation({
  group: 'docker',
  area: 'swarm',
  method: 'POST',
  path: '/swarm/init',
  operationId: 'SwarmInit',
  summary: 'Begin a swarm',
  body: SwarmInitRequest,
  responses: { 200: { description: 'ID of the node', schema: t.string() } },
  errors: [503],
  stream: 'json',
  permission: 'swarm:admin',
});

export const swarmJoin = operation({
  group: 'docker',
  area: 'swarm',
  method: 'POST',
  path: '/swarm/join',
  operationId: 'SwarmJoin',
  summary: 'Join a swarm',
  body: SwarmJoinRequest,
  responses: { 200: { description: 'Joined' } },
  errors: [503],
  stream: 'none',
  permission: 'swarm:admin',
});

export const swarmLeave = operation({
  group: 'docker',
  area: 'swarm',
  method: 'POST',
  path: '/swarm/leave',
  operationId: 'SwarmLeave',
  summary: 'Leave the swarm',
  query: t.object({
    force: t.flag('Even where it is the last manager'),
  }),
  responses: { 200: { description: 'Left' } },
  errors: [503],
  stream: 'none',
  permission: 'swarm:admin',
});

export const swarmUpdate = operation({
  group: 'docker',
  area: 'swarm',
  method: 'POST',
  path: '/swarm/update',
  operationId: 'SwarmUpdate',
  summary: 'Change the swarm',
  query: t.object({
    version: t.integer('Version of the object to change; guards against lost updates'),
    rotateWorkerToken: t.flag('A new token for workers'),
    rotateManagerToken: t.flag('A new token for managers'),
    rotateManagerUnlockKey: t.flag('A new unlock key'),
  }),
  body: SwarmSpec,
  responses: { 200: { description: 'Changed' } },
  errors: [503],
  stream: 'none',
  permission: 'swarm:admin',
});

export const swarmUnlockkey = operation({
  group: 'docker',
  area: 'swarm',
  method: 'GET',
  path: '/swarm/unlockkey',
  operationId: 'SwarmUnlockkey',
  summary: 'Read the unlock key',
  responses: { 200: { description: 'The key', schema: SwarmUnlockKey } },
  errors: [503],
  stream: 'json',
  permission: 'swarm:admin',
});

export const swarmUnlock = operation({
  group: 'docker',
  area: 'swarm',
  method: 'POST',
  path: '/swarm/unlock',
  operationId: 'SwarmUnlock',
  summary: 'Unlock a locked manager',
  body: SwarmUnlockRequest,
  responses: { 200: { description: 'Unlocked' } },
  errors: [503],
  stream: 'none',
  permission: 'swarm:admin',
});
