/**
 * Writes what the bindings know of the libpod operations, drawn from the contract: `node scripts/generate-bindings.ts`. Generated
 * instead of read from the contract at run time, which would take longer than a whole call.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { libpod, type Operation, VERSIONS } from '@selkie/contract';
import { ROOT } from './source-files.ts';

const NOTE = '// Generated from the contract by scripts/generate-bindings.ts; change it there.\n';

/** Areas of the contract whose methods are found with those of another. */
const AREAS: Readonly<Record<string, string>> = { build: 'images', generate: 'kube' };

/** Rows whose method is not what is left of their name without the area. */
const NAMES: Readonly<Record<string, string>> = {
  containerExec: 'create',
  containersStatsAll: 'statsAll',
  putContainerArchive: 'putArchive',
  artifactLocal: 'addLocal',
  localImages: 'loadLocal',
  imageBuild: 'build',
  localBuild: 'buildLocal',
  playKube: 'playKube',
  playKubeDown: 'playKubeDown',
};

interface Method {
  readonly name: string;
  /** Name of the row in the contract. */
  readonly row: string;
  readonly operation: Operation;
}

/** The generated files: path below the checkout → text. */
export function generateBindings(): Record<string, string> {
  const areas = methodsByArea();
  return {
    'packages/bindings/src/generated/rows.ts': format(rowsFile(areas)),
    'packages/bindings/src/generated/methods.ts': format(methodsFile(areas)),
  };
}

function methodsByArea(): Map<string, Method[]> {
  const areas = new Map<string, Method[]>();
  for (const [row, operation] of Object.entries(libpod)) {
    if (!('operationId' in operation)) continue;
    const area = AREAS[operation.area] ?? operation.area;
    const methods = areas.get(area) ?? [];
    methods.push({ name: methodName(row, area), row, operation });
    areas.set(area, methods);
  }
  return new Map([...areas].sort(([a], [b]) => a.localeCompare(b)));
}

function methodName(row: string, area: string): string {
  const singular = area.replace(/s$/, '');
  const rest = row.startsWith(singular) ? row.slice(singular.length) : row;
  return NAMES[row] ?? rest.charAt(0).toLowerCase() + rest.slice(1);
}

function rowsFile(areas: ReadonlyMap<string, readonly Method[]>): string {
  const tables = [...areas].map(
    ([area, methods]) => `  ${area}: {\n${methods.map((method) => `    ${rowEntry(method)},`).join('\n')}\n  },`,
  );
  return `${NOTE}import type { Row } from '../row.ts';

export const NEWEST_VERSION = '${VERSIONS.libpod.max}';
export const OLDEST_VERSION = '${VERSIONS.libpod.min}';

export const ROWS = {
${tables.join('\n')}
} satisfies Record<string, Record<string, Row>>;
`;
}

function rowEntry({ name, operation }: Method): string {
  const json = jsonParameters(operation);
  const list = json.length > 0 ? `, json: ${JSON.stringify(json)}` : '';
  return `${name}: { method: '${operation.method}', path: '${operation.path}', result: '${resultKind(operation)}'${list} }`;
}

function resultKind({ operationId, method, stream }: Operation): string {
  if (operationId.endsWith('ExistsLibpod')) return 'exists';
  if (operationId === 'ContainerLogsLibpod') return 'frames';
  return method === 'HEAD' ? 'headers' : stream;
}

/** Parameters that are JSON text although their value is an array or a scalar. An object is sent as JSON anyway. */
function jsonParameters({ query }: Operation): string[] {
  return Object.entries(query?.properties ?? {})
    .filter(([name, schema]) => name !== 'filters' && 'contentMediaType' in schema && !('patternProperties' in schema))
    .map(([name]) => name);
}

function methodsFile(areas: ReadonlyMap<string, readonly Method[]>): string {
  const list = [...areas].map(([area, methods]) => {
    const lines = methods.flatMap((method) => [`/** ${method.operation.summary}. */`, signature(method)]);
    return `export interface ${interfaceName(area)} {\n${lines.join('\n')}\n}\n`;
  });
  const all = [...areas.keys()].map((area) => `readonly ${area}: ${interfaceName(area)};`);
  return `${NOTE}import type { libpod } from '@selkie/contract';
import type { Request, Result } from '../request-types.ts';

${list.join('\n')}
/** Every area of the API. */
export interface Areas {\n${all.join('\n')}\n}
`;
}

function signature({ name, row, operation }: Method): string {
  const path = [...operation.path.matchAll(/\{(\w+)/g)].map(([, parameter]) => `${parameter}: string`);
  const request = `request${requestRequired(operation) ? '' : '?'}: Request<typeof libpod.${row}>`;
  return `${name}(${[...path, request].join(', ')}): Promise<Result<typeof libpod.${row}>>;`;
}

function requestRequired({ query, body, bodyOptional }: Operation): boolean {
  if (body !== undefined && bodyOptional !== true) return true;
  return Object.entries(query?.properties ?? {}).some(
    ([name, schema]) => query?.required?.includes(name) === true && !('default' in schema),
  );
}

function interfaceName(area: string): string {
  return `${area.charAt(0).toUpperCase()}${area.slice(1)}`;
}

function format(source: string): string {
  const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
  const args = [biome, 'format', '--stdin-file-path=packages/bindings/src/generated/generated.ts'];
  return execFileSync(process.execPath, args, { cwd: ROOT, input: source, encoding: 'utf8' });
}

if (import.meta.main) {
  for (const [file, text] of Object.entries(generateBindings())) writeFileSync(join(ROOT, file), text);
}
