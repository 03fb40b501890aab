import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { Task } from './types/swarm-tasks.ts';

export const taskList = operation({
  group: 'docker',
  area: 'tasks',
  method: 'GET',
  path: '/tasks',
  operationId: 'TaskList',
  summary: 'List tasks',
  query: t.object({
    filters: t.filters('Conditions on what is listed'),
  }),
  responses: { 200: { description: 'Tasks', schema: t.array(Task) } },
  errors: [503],
  stream: 'json',
  permission: 'swarm:read',
});

export const taskInspect = operation({
  group: 'docker',
  area: 'tasks',
  method: 'GET',
  path: '/tasks/{id}',
  operationId: 'TaskInspect',
  summary: 'Inspect a task',
  responses: { 200: { description: 'The task', schema: Task } },
  errors: [404, 503],
  stream: 'json',
  permission: 'swarm:read',
});

export const taskLogs = operation({
  group: 'docker',
  area: 'tasks',
  method: 'GET',
  path: '/tasks/{id}/logs',
  operationId: 'TaskLogs',
  summary: 'Read the log of a task',
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
