import type { TSchema } from 'typebox';
import * as docker from './docker/index.ts';
import * as dockerTypes from './docker/types/index.ts';
import type { Group } from './errors.ts';
import * as libpod from './libpod/index.ts';
import * as libpodTypes from './libpod/types/index.ts';
import type { Operation, Response, StreamKind } from './operation.ts';
import { type Keywords, keywords } from './schema.ts';
import { VERSIONS } from './versions.ts';

type Json = Record<string, unknown>;

const SOURCES = {
  docker: { title: 'Docker Engine API of Selkie', operations: docker.operations, types: dockerTypes },
  libpod: { title: 'libpod API of Selkie', operations: libpod.operations, types: libpodTypes },
};

const MEDIA_TYPES: Readonly<Record<StreamKind, string>> = {
  none: 'application/json',
  json: 'application/json',
  ndjson: 'application/json',
  text: 'text/plain',
  raw: 'application/vnd.docker.raw-stream',
  upgrade: 'application/vnd.docker.raw-stream',
  websocket: 'application/octet-stream',
  tar: 'application/x-tar',
};

const ERROR = { $ref: '#/components/responses/Error' };

/** The OpenAPI 3.1 document of one group, drawn from its rows. */
export function openapi(group: Group): Json {
  const { title, operations, types } = SOURCES[group];
  const names = new Map<Keywords, string>(Object.entries(types).map(([name, schema]) => [keywords(schema), name]));
  const paths: Record<string, Json> = {};
  for (const row of operations) {
    const path = row.path.replaceAll(':*}', '}');
    const item = paths[path] ?? {};
    paths[path] = item;
    const method = row.method.toLowerCase();
    const described = describe(row, names);
    // Rows told apart by a query parameter share one OpenAPI operation.
    item[method] = isJson(item[method]) ? merge(item[method], described) : described;
  }
  return {
    openapi: '3.1.0',
    info: { title, version: VERSIONS[group].max, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: servers(group),
    tags: [...new Set(operations.map((row) => row.area))].map((name) => ({ name })),
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.entries(types).map(([name, schema]) => [name, expand(keywords(schema), names)]),
      ),
      responses: { Error: content('It failed', MEDIA_TYPES.json, types.ErrorResponse, names) },
    },
  };
}

function servers(group: Group): Json[] {
  const { min, max } = VERSIONS[group];
  const variables = { version: { default: max, description: `API version to answer in, ${min} to ${max}` } };
  const versioned = { url: '/v{version}', variables };
  return group === 'docker' ? [versioned, { url: '/', description: `Version ${max}` }] : [versioned];
}

function describe(row: Operation, names: ReadonlyMap<Keywords, string>): Json {
  const requestBody = describeBody(row, names);
  const responses: Json = { default: ERROR };
  for (const status of row.errors ?? []) responses[status] = ERROR;
  if (row.body !== undefined) responses[413] = ERROR;
  for (const [status, response] of Object.entries(row.responses)) {
    responses[status] = describeResponse(row.stream, Number(status), response, names);
  }
  return {
    operationId: row.operationId,
    summary: row.summary,
    tags: [row.area],
    parameters: [...pathParameters(row.path), ...queryParameters(row, names), ...headerParameters(row)],
    ...(requestBody && { requestBody }),
    responses,
    'x-permission': row.permission,
    ...(row.since !== undefined && { 'x-since': row.since }),
    ...(row.until !== undefined && { 'x-until': row.until }),
  };
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)(:\*)?\}/g)].map(([, name, rest]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
    description: rest ? 'Slashes may stand as they are' : 'Name or ID',
  }));
}

function queryParameters(row: Operation, names: ReadonlyMap<Keywords, string>): Json[] {
  const query: Keywords = row.query ? keywords(row.query) : {};
  return Object.entries(query.properties ?? {}).map(([name, schema]) => {
    const { description, contentMediaType, ...rest } = schema;
    const type = expand(rest, names);
    const required = query.required?.includes(name) === true && schema.default === undefined;
    return {
      name,
      in: 'query',
      description,
      ...(required && { required }),
      ...(contentMediaType ? { content: { [contentMediaType]: { schema: type } } } : { schema: type }),
    };
  });
}

function headerParameters(row: Operation): Json[] {
  const headers: Keywords = row.headers ? keywords(row.headers) : {};
  return Object.entries(headers.properties ?? {}).map(([name, { description, type }]) => ({
    name,
    in: 'header',
    description,
    schema: { type },
  }));
}

function describeBody(row: Operation, names: ReadonlyMap<Keywords, string>): Json | undefined {
  if (row.body) {
    const schema = reference(keywords(row.body), names);
    return { required: row.bodyOptional !== true, content: { 'application/json': { schema } } };
  }
  if (!row.upload) return undefined;
  return { content: Object.fromEntries(row.upload.map((type) => [type, {}])) };
}

function describeResponse(
  stream: StreamKind,
  status: number,
  response: Response,
  names: ReadonlyMap<Keywords, string>,
): Json {
  const empty = stream === 'none' || [101, 204, 304].includes(status);
  if (empty && !response.schema) return { description: response.description };
  const description = stream === 'ndjson' ? `${response.description}; a stream of objects` : response.description;
  return content(description, MEDIA_TYPES[stream], response.schema, names);
}

function content(
  description: string,
  mediaType: string,
  schema: TSchema | undefined,
  names: ReadonlyMap<Keywords, string>,
): Json {
  return { description, content: { [mediaType]: schema ? { schema: reference(keywords(schema), names) } : {} } };
}

/** One operation of two whose rows differ in the query parameter that selects them. */
function merge(a: Json, b: Json): Json {
  const parameters = new Map<unknown, Json>();
  for (const parameter of [a.parameters, b.parameters].flat().filter(isJson)) {
    const { required, ...rest } = parameter;
    parameters.set(`${rest.in} ${rest.name}`, rest.in === 'path' ? parameter : rest);
  }
  return {
    ...b,
    ...a,
    summary: `${a.summary}, or ${lowerFirst(String(b.summary))}`,
    parameters: [...parameters.values()],
  };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** The schema's component where it has one. */
function reference(schema: Keywords, names: ReadonlyMap<Keywords, string>): Json {
  const name = names.get(schema);
  return name === undefined ? expand(schema, names) : { $ref: `#/components/schemas/${name}` };
}

/** The schema itself, its parts by reference. */
function expand(schema: Keywords, names: ReadonlyMap<Keywords, string>): Json {
  const { properties, items, anyOf, patternProperties, ...rest } = schema;
  const values = patternProperties?.['^.*$'];
  return {
    ...rest,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [name, reference(property, names)]),
      ),
    }),
    ...(items && { items: reference(items, names) }),
    ...(anyOf && { anyOf: anyOf.map((alternative) => reference(alternative, names)) }),
    ...(values && { additionalProperties: reference(values, names) }),
  };
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
