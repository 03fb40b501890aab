import { type Group, operation } from '@selkie/contract';
import type { Route } from './handler.ts';
import { handler, text } from './handler.ts';

const described = { 200: { description: 'The OpenAPI document' } } as const;
const rest = {
  method: 'GET',
  area: 'system',
  responses: described,
  stream: 'json',
  permission: 'system:read',
} as const;

const dockerDocument = operation({
  ...rest,
  group: 'docker',
  path: '/openapi/docker.json',
  operationId: 'OpenapiDocker',
  summary: 'The OpenAPI document of the Docker group',
});
const libpodDocument = operation({
  ...rest,
  group: 'libpod',
  path: '/openapi/libpod.json',
  operationId: 'OpenapiLibpod',
  summary: 'The OpenAPI document of the libpod group',
});
const libpodSwagger = operation({
  ...rest,
  group: 'libpod',
  path: '/libpod/swagger',
  operationId: 'SwaggerLibpod',
  summary: 'The OpenAPI document of the libpod group, where podman has its own',
});

const made = new Map<Group, Promise<string>>();

/** Drawn from the whole table, so made when first asked for. */
function documentOf(group: Group): Promise<string> {
  const known = made.get(group);
  if (known) return known;
  const document = import('@selkie/contract/openapi').then(({ openapi }) => JSON.stringify(openapi(group)));
  made.set(group, document);
  return document;
}

async function serve(group: Group) {
  return text(200, await documentOf(group), { 'Content-Type': 'application/json' });
}

/** The service's own descriptions. */
export function documentRoutes<E>(): Route<E>[] {
  return [
    handler<typeof dockerDocument, E>(dockerDocument, () => serve('docker')),
    handler<typeof libpodDocument, E>(libpodDocument, () => serve('libpod')),
    handler<typeof libpodSwagger, E>(libpodSwagger, () => serve('libpod')),
  ];
}
