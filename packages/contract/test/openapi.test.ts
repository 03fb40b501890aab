import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { openapi } from '../src/openapi.ts';

type Json = Record<string, unknown>;

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function member(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((current, key) => (isJson(current) ? current[key] : undefined), value);
}

function objects(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(objects);
  return isJson(value) ? [value, ...Object.values(value).flatMap(objects)] : [];
}

for (const group of ['docker', 'libpod'] as const) {
  describe(`the OpenAPI document of ${group}`, () => {
    const document: Json = JSON.parse(JSON.stringify(openapi(group)));
    const paths = Object.entries(member(document, 'paths') ?? {});
    const operations = paths.flatMap(([path, item]) =>
      Object.values(item)
        .filter(isJson)
        .map((operation) => ({ path, operation })),
    );

    it('is valid OpenAPI 3.1', async () => {
      const validator = new Validator();
      const { valid, errors } = await validator.validate(structuredClone(document));
      assert.ok(valid, JSON.stringify(errors, null, 1));
      assert.equal(validator.version, '3.1');
    });

    it('names every operation once', () => {
      const ids = operations.map(({ operation }) => operation.operationId);
      assert.ok(ids.length > 100);
      assert.equal(new Set(ids).size, ids.length);
    });

    it('declares every path parameter, and no other', () => {
      for (const { path, operation } of operations) {
        const declared = objects(operation.parameters)
          .filter((parameter) => parameter.in === 'path')
          .map((parameter) => parameter.name);
        assert.deepEqual(
          declared,
          [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
          path,
        );
      }
    });

    it('refers only to components it has', () => {
      const references = objects(document).flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));
      assert.ok(references.length > 100);
      for (const reference of new Set(references)) {
        assert.ok(isJson(member(document, ...reference.slice(2).split('/'))), reference);
      }
    });

    it("has the dialect's error for everything else", () => {
      const fields = group === 'docker' ? ['message'] : ['cause', 'message', 'response'];
      assert.deepEqual(member(document, 'components', 'schemas', 'ErrorResponse', 'required'), fields);
      for (const { path, operation } of operations) {
        assert.deepEqual(member(operation, 'responses', 'default'), { $ref: '#/components/responses/Error' }, path);
      }
    });
  });
}

describe('an operation of two rows', () => {
  it('has the parameters of both, none required', () => {
    const create = member(openapi('docker'), 'paths', '/images/create', 'post', 'parameters');
    const parameters = objects(create).filter((parameter) => parameter.in === 'query');
    const names = parameters.map((parameter) => parameter.name);
    assert.ok(names.includes('fromImage') && names.includes('fromSrc'));
    assert.deepEqual(
      parameters.filter((parameter) => parameter.required),
      [],
    );
  });
});
