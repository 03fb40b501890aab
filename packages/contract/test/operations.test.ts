import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { operations as docker } from '../src/docker/index.ts';
import { operations as libpod } from '../src/libpod/index.ts';
import type { Operation } from '../src/operation.ts';
import { keywords } from '../src/schema.ts';
import { compareVersions } from '../src/versions.ts';

const BODILESS = ['GET', 'HEAD'];

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

for (const [group, rows] of [
  ['docker', docker],
  ['libpod', libpod],
] as const) {
  describe(`the ${group} rows`, () => {
    const each = (test: (row: Operation) => void) => () => {
      assert.ok(rows.length > 100);
      for (const row of rows) test(row);
    };

    it('have operation IDs of their own', () => {
      assert.deepEqual(repeated(rows.map((row) => row.operationId)), []);
    });

    it('can be told apart by method, path and query key', () => {
      const shape = (row: Operation) =>
        `${row.method} ${row.path.replaceAll(/\{\w+(:\*)?\}/g, '{}')} ${row.whenQuery ?? ''}`;
      assert.deepEqual(repeated(rows.map(shape)), []);
    });

    it(
      'belong to the group and its part of the path space',
      each((row) => {
        assert.equal(row.group, group);
        assert.equal(row.path.startsWith('/libpod/'), group === 'libpod', row.path);
      }),
    );

    it(
      'have parameters only as whole path segments',
      each((row) => {
        for (const segment of row.path.slice(1).split('/')) assert.match(segment, /^([\w-]+|\{\w+(:\*)?\})$/, row.path);
      }),
    );

    it(
      'say how they succeed',
      each((row) => {
        assert.ok(
          Object.keys(row.responses).some((status) => Number(status) < 300),
          row.operationId,
        );
        for (const status of row.errors ?? []) assert.ok(status >= 400, row.operationId);
      }),
    );

    it(
      'describe every object they send',
      each((row) => {
        if (row.stream !== 'json' && row.stream !== 'ndjson') return;
        const answers = Object.entries(row.responses).filter(([status]) => !['204', '304'].includes(status));
        for (const [status, answer] of answers) assert.ok(answer.schema, `${row.operationId} ${status}`);
      }),
    );

    it(
      'take at most one kind of request body, and none with GET and HEAD',
      each((row) => {
        assert.ok(!(row.body && row.upload), row.operationId);
        if (BODILESS.includes(row.method)) assert.ok(!row.body && !row.upload, row.operationId);
      }),
    );

    it(
      'write only with a permission to write',
      each((row) => {
        if (BODILESS.includes(row.method)) return;
        const harmless = /Wait|Auth|ShouldRestart/.test(row.operationId);
        assert.equal(row.permission.endsWith(':read'), harmless, row.operationId);
      }),
    );

    it(
      'select by a query key they describe, and exist in a range of versions',
      each((row) => {
        if (row.whenQuery) assert.ok(row.query && keywords(row.query).properties?.[row.whenQuery], row.operationId);
        if (row.since && row.until) assert.ok(compareVersions(row.since, row.until) <= 0, row.operationId);
      }),
    );
  });
}

describe('the package', () => {
  it('loads no dependency at start, for TypeBox alone would take longer than all the rest', () => {
    const script = `
      import { registerHooks } from 'node:module';
      const seen = [];
      registerHooks({ load(url, context, next) { seen.push(url); return next(url, context); } });
      await import(${JSON.stringify(new URL('../src/index.ts', import.meta.url).href)});
      console.log(JSON.stringify(seen.filter((url) => url.includes('/node_modules/'))), seen.length);`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    assert.match(output, /^\[\] \d{2,}\n$/);
  });
});
