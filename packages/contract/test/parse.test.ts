import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { check } from '../src/check.ts';
import { parseBody } from '../src/decode.ts';
import { containerCreate } from '../src/docker/containers.ts';
import { execStart } from '../src/docker/exec.ts';
import { isSelkieError } from '../src/errors.ts';
import { containerCreate as podmanCreate } from '../src/libpod/containers.ts';
import { parse } from '../src/parse.ts';
import * as t from '../src/schema.ts';

const reason = (text: string) => ({ code: 'INVALID_PARAMETER', message: text });

describe('a JSON body', () => {
  it('matches names exactly first, then in any case', () => {
    assert.deepEqual(parseBody(containerCreate, '{"image":"a","Image":"b","HOSTCONFIG":{"memory":5}}'), {
      Image: 'b',
      HostConfig: { Memory: 5 },
    });
  });

  it('takes null for absent, in objects, maps and arrays', () => {
    const body =
      '{"Cmd":null,"ExposedPorts":{"80/tcp":null},"HostConfig":{"Binds":null,"PortBindings":{"80/tcp":null}},"Labels":{"a":null}}';
    assert.deepEqual(parseBody(containerCreate, body), {
      ExposedPorts: { '80/tcp': {} },
      HostConfig: { PortBindings: { '80/tcp': [] } },
      Labels: { a: '' },
    });
  });

  it('keeps null where the schema has it', () => {
    assert.deepEqual(parse(t.record(t.nullable(t.string())), { a: null, b: 'c' }), { a: null, b: 'c' });
  });

  it('drops members it does not know', () => {
    assert.deepEqual(parseBody(podmanCreate, '{"image":"a","no_such_field":{"x":1}}'), { image: 'a' });
  });

  it('takes a command as words or as one string', () => {
    assert.deepEqual(parseBody(containerCreate, '{"Cmd":"ls","Entrypoint":["a","b"]}'), {
      Cmd: 'ls',
      Entrypoint: ['a', 'b'],
    });
  });

  it('keeps a map key such as __proto__ as data', () => {
    const body = parseBody(podmanCreate, '{"labels":{"__proto__":"x"}}');
    assert.deepEqual(Object.entries(body.labels ?? {}), [['__proto__', 'x']]);
    assert.equal(Object.getPrototypeOf(body.labels), Object.prototype);
  });

  it('takes rlimits without limit as podman sends them', () => {
    const body = parseBody(podmanCreate, '{"r_limits":[{"type":"nofile","soft":-1,"hard":18446744073709551615}]}');
    assert.equal(body.r_limits?.[0]?.soft, -1);
  });

  for (const [text, message] of [
    ['{"HostConfig":{"Memory":"12"}}', 'HostConfig.Memory: must be an integer'],
    ['{"HostConfig":{"Memory":1.5}}', 'HostConfig.Memory: must be an integer'],
    ['{"Env":["a",1]}', 'Env[1]: must be a string'],
    ['{"Env":"a"}', 'Env: must be an array of strings'],
    ['{"Cmd":1}', 'Cmd: must be an array of strings or a string'],
    ['{"Labels":{"a":1}}', 'Labels.a: must be a string'],
    ['{"HostConfig":{"MemorySwappiness":101}}', 'HostConfig.MemorySwappiness: must be at most 100'],
    ['{"HostConfig":{"ShmSize":-1}}', 'HostConfig.ShmSize: must be at least 0'],
    [
      '{"HostConfig":{"Mounts":[{"Type":"floppy"}]}}',
      'HostConfig.Mounts[0].Type: must be one of "bind", "cluster", "image", "npipe", "tmpfs", "volume"',
    ],
    ['[]', 'request body: must be an object'],
  ] as const) {
    it(`refuses ${text}`, () => assert.throws(() => parseBody(containerCreate, text), reason(message)));
  }

  it('is required where the row does not say otherwise', () => {
    assert.throws(() => parseBody(containerCreate, ' '), { code: 'MALFORMED_BODY' });
    assert.equal(parseBody(execStart, ''), undefined);
  });

  it('that is no JSON is told from one of the wrong shape', () => {
    assert.throws(
      () => parseBody(containerCreate, '{"Image":'),
      (error) => isSelkieError(error, 'MALFORMED_BODY') && error.cause instanceof SyntaxError,
    );
  });

  it('names a required member that is missing', () => {
    assert.throws(() => parse(t.object({ A: t.object({ B: t.string() }) }), { a: {} }), reason('A.B: is required'));
  });
});

describe('schemas', () => {
  const schema = t.extend(
    t.object({ id: t.string(), size: t.optional(t.unsigned()) }),
    t.object({ tags: t.nullable(t.array(t.string())), kind: t.choice(['a', 'b']) }),
  );

  it('mean the same to our reader and to TypeBox', () => {
    for (const good of [
      { id: 'x', tags: null, kind: 'a' },
      { id: 'x', size: 1, tags: ['y'], kind: 'b' },
    ]) {
      assert.deepEqual(check(schema, good), []);
      assert.deepEqual(parse(schema, good), good);
    }
    for (const bad of [
      { id: 'x', kind: 'a' },
      { id: 1, tags: [], kind: 'a' },
      { id: 'x', size: -1, tags: [], kind: 'a' },
      { id: 'x', tags: [2], kind: 'a' },
      { id: 'x', tags: [], kind: 'c' },
    ]) {
      assert.notDeepEqual(check(schema, bad), [], JSON.stringify(bad));
      assert.throws(() => parse(schema, bad), { code: 'INVALID_PARAMETER' }, JSON.stringify(bad));
    }
  });

  it('keep an optional member the same schema, so that documents can name it', () => {
    const part = t.object({ a: t.string() });
    assert.equal(t.keywords(t.object({ part: t.optional(part) })).properties?.part, part);
  });
});
