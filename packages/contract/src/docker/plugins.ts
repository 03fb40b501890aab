import { operation } from '../operation.ts';
import * as t from '../schema.ts';
import { Plugin, PluginPrivilege } from './types/plugins.ts';

export const pluginList = operation({
  group: 'docker',
  area: 'plugins',
  method: 'GET',
  path: '/plugins',
  operationId: 'PluginList',
  summary: 'List plugins',
  since: '1.25',
  query: t.object({
    filters: t.filters('Conditions on what is listed'),
  }),
  responses: { 200: { description: 'Plugins', schema: t.array(Plugin) } },
  stream: 'json',
  permission: 'plugins:read',
});

export const getPluginPrivileges = operation({
  group: 'docker',
  area: 'plugins',
  method: 'GET',
  path: '/plugins/privileges',
  operationId: 'GetPluginPrivileges',
  summary: 'List what a plugin asks for',
  since: '1.25',
  query: t.object({
    remote: t.string('Reference of the plugin in its registry'),
  }),
  headers: t.object({
    'x-registry-auth': t.optional(t.string('Credentials, base64url JSON')),
  }),
  responses: { 200: { description: 'Privileges', schema: t.array(PluginPrivilege) } },
  stream: 'json',
  permission: 'plugins:read',
});

export const pluginInspect = operation({
  group: 'docker',
  area: 'plugins',
  method: 'GET',
  path: '/plugins/{name:*}/json',
  operationId: 'PluginInspect',
  summary: 'Inspect a plugin',
  since: '1.25',
  responses: { 200: { description: 'The plugin', schema: Plugin } },
  errors: [404],
  stream: 'json',
  permission: 'plugins:read',
});

export const pluginPull = operation({
  group: 'docker',
  area: 'plugins',
  method: 'POST',
  path: '/plugins/pull',
  operationId: 'PluginPull',
  summary: 'Install a plugin',
  since: '1.25',
  query: t.object({
    remote: t.string('Reference of the plugin in its registry'),
    name: t.optional(t.string('Local name of the plugin')),
  }),
  headers: t.object({
    'x-registry-auth': t.optional(t.string('Credentials, base64url JSON')),
  }),
  body: t.array(PluginPrivilege),
  bodyOptional: true,
  responses: { 204: { description: 'Installed' } },
  stream: 'none',
  permission: 'plugins:admin',
});

export const pluginCreate = operation({
  group: 'docker',
  area: 'plugins',
  method: 'POST',
  path: '/plugins/create',
  operationId: 'PluginCreate',
  summary: 'Make a plugin from a root file system',
  since: '1.25',
  query: t.object({
    name: t.string('Its name'),
  }),
  upload: ['application/x-tar'],
  responses: { 204: { description: 'Made' } },
  stream: 'none',
  permission: 'plugins:admin',
});

export const pluginDelete = operation({
  group: 'docker',
  area: 'plugins',
  method: 'DELETE',
  path: '/plugins/{name:*}',
  operationId: 'PluginDelete',
  summary: 'Remove a plugin',
  since: '1.25',
  query: t.object({
    force: t.flag('Do it even where it is in use or running'),
  }),
  responses: { 200: { description: 'What it was', schema: Plugin } },
  errors: [404],
  stream: 'json',
  permission: 'plugins:admin',
});

export const pluginEnable = operation({
  group: 'docker',
  area: 'plugins',
  method: 'POST',
  path: '/plugins/{name:*}/enable',
  operationId: 'PluginEnable',
  summary: 'Enable a plugin',
  since: '1.25',
  query: t.object({
    timeout: t.optional(t.integer('Seconds to wait for it')),
  }),
  responses: { 200: { description: 'Enabled' } },
  errors: [404],
  stream: 'none',
  permission: 'plugins:admin',
});

export const pluginDisable = operation({
  group: 'docker',
  area: 'plugins',
  method: 'POST',
  path: '/plugins/{name:*}/disable',
  operationId: 'PluginDisable',
  summary: 'Disable a plugin',
  since: '1.25',
  query: t.object({
    force: t.flag('Do it even where it is in use or running'),
  }),
  responses: { 200: { description: 'Disabled' } },
  errors: [404],
  stream: 'none',
  permission: 'plugins:admin',
});

export const pluginUpgrade = operation({
  group: 'docker',
  area: 'plugins',
  method: 'POST',
  path: '/plugins/{name:*}/upgrade',
  operationId: 'PluginUpgrade',
  summary: 'Upgrade a plugin',
  since: '1.26',
  query: t.object({
    remote: t.string('Reference of the plugin in its registry'),
  }),
  headers: t.object({
    'x-registry-auth': t.optional(t.string('Credentials, base64url JSON')),
  }),
  body: t.array(PluginPrivilege),
  bodyOptional: true,
  responses: { 204: { description: 'Upgraded' } },
  errors: [404],
  stream: 'none',
  permission: 'plugins:admin',
});

export const pluginPush = operation({
  group: 'docker',
  area: 'plugins',
  method: 'POST',
  path: '/plugins/{name:*}/push',
  operationId: 'PluginPush',
  summary: 'Push a plugin',
  since: '1.25',
  headers: t.object({
    'x-registry-auth': t.optional(t.string('Credentials, base64url JSON')),
  }),
  responses: { 200: { description: 'Pushed' } },
  errors: [404],
  stream: 'none',
  permission: 'plugins:admin',
});

export const pluginSet = operation({
  group: 'docker',
  area: 'plugins',
  method: 'POST',
  path: '/plugins/{name:*}/set',
  operationId: 'PluginSet',
  summary: 'Configure a plugin',
  since: '1.25',
  body: t.array(t.string()),
  responses: { 204: { description: 'Configured' } },
  errors: [404],
  stream: 'none',
  permission: 'plugins:admin',
});
