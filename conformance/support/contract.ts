import assert from 'node:assert/strict';
import { compareVersions, type Group, inRange, type Operation, type Response, resolveVersion } from '@selkie/contract';
import { check } from '@selkie/contract/check';
import { operations as docker } from '@selkie/contract/docker/index';
import { operations as libpod } from '@selkie/contract/libpod/index';
import { type Answer, member } from './http.ts';

/** Answers any operation may give besides the ones its row names: bad request, failure. */
const ALWAYS = [400, 500];

const rows = [...docker, ...libpod]
  .map((row) => ({ row, pattern: patternOf(row.path) }))
  // A literal segment wins over a parameter: /containers/json over /containers/{id}.
  .sort((a, b) => parameters(a.row) - parameters(b.row));

/**
 * Holds an answer against the operation's row: a described status, a body of the described schema, an error in the group's form.
 * @throws AssertionError
 */
export function assertContract(method: string, target: string, answer: Answer): void {
  const url = new URL(target, 'http://service');
  const [, version, path = ''] = /^(?:\/v([\d.]+))?(\/.*)$/.exec(url.pathname) ?? [];
  const group: Group = path.startsWith('/libpod/') ? 'libpod' : 'docker';
  const where = `${method} ${target} → ${answer.status}`;
  if (answer.status >= 400) assertError(group, method, answer, where);
  const row = findRow(group, method, path, version, url.searchParams);
  if (row === undefined) {
    assert.ok([400, 404, 405].includes(answer.status), `${where}: no row describes this operation`);
    return;
  }
  assertRow(row, answer, where, supported(group, version));
}

/** The row of a request, where one describes it. */
function findRow(
  group: Group,
  method: string,
  path: string,
  version: string | undefined,
  query: URLSearchParams,
): Operation | undefined {
  const asked = supported(group, version);
  const fitting = rows.filter(
    ({ row, pattern }) =>
      row.group === group &&
      (row.method === method || (method === 'HEAD' && row.method === 'GET')) &&
      pattern.test(path) &&
      (asked === undefined || inRange(asked, row.since, row.until)) &&
      (row.whenQuery === undefined || query.has(row.whenQuery)),
  );
  return fitting[0]?.row;
}

function supported(group: Group, version: string | undefined): string | undefined {
  try {
    return resolveVersion(group, version);
  } catch {
    return undefined;
  }
}

function assertRow(row: Operation, answer: Answer, where: string, version: string | undefined): void {
  if (answer.status >= 400) {
    const tooLarge = row.body === undefined ? [] : [413];
    const known = [...ALWAYS, ...tooLarge, ...(row.errors ?? []), ...Object.keys(row.responses).map(Number)];
    assert.ok(
      known.includes(answer.status),
      `${where}: ${row.operationId} does not describe this error: ${answer.text}`,
    );
    return;
  }
  const response = row.responses[answer.status];
  assert.ok(response, `${where}: ${row.operationId} describes ${Object.keys(row.responses).join(', ')}`);
  const schema = schemaOf(response, version);
  if (schema === undefined) {
    if (row.stream === 'none') assert.equal(answer.text, '', `${where}: a body where none is described`);
    return;
  }
  for (const value of valuesOf(row, answer)) {
    const problems = check(schema, value);
    assert.deepEqual(
      problems,
      [],
      `${where}: ${row.operationId} is not as described: ${problems.join('; ')}\n${JSON.stringify(value)}`,
    );
  }
}

function schemaOf({ schema, before }: Response, version: string | undefined): Response['schema'] {
  return before !== undefined && version !== undefined && compareVersions(version, before.version) < 0
    ? before.schema
    : schema;
}

function valuesOf(row: Operation, answer: Answer): unknown[] {
  switch (row.stream) {
    case 'ndjson':
      return answer.lines;
    case 'text':
      return [answer.text];
    default:
      return [answer.json];
  }
}

function assertError(group: Group, method: string, answer: Answer, where: string): void {
  if (method === 'HEAD') return;
  const { json } = answer;
  assert.equal(typeof member(json, 'message'), 'string', `${where}: an error without message: ${answer.text}`);
  if (group === 'docker') return;
  assert.equal(typeof member(json, 'cause'), 'string', `${where}: an error without cause: ${answer.text}`);
  assert.equal(member(json, 'response'), answer.status, `${where}: the error names another status: ${answer.text}`);
}

function patternOf(template: string): RegExp {
  const source = template
    .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
    .replace(/\{\w+(:\\\*)?\}/g, (_, rest) => (rest ? '.+' : '[^/]+'));
  return new RegExp(`^${source}$`);
}

function parameters(row: Operation): number {
  return row.path.split('{').length;
}
