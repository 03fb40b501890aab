import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SelkieError } from '@selkie/contract';
import * as t from '@selkie/contract/schema';
import { empty, json, text, upgrade } from '../../src/http/handler.ts';
import { call, parseAnswer, RawClient, requestText } from './support/client.ts';
import { row } from './support/rows.ts';
import { serve, startService } from './support/service.ts';

const named = t.object({ Name: t.string() });

test('a handler sees the decoded request and its reply goes out whole', async () => {
  const described = row('POST', '/things/{name}', {
    query: t.object({ force: t.optional(t.boolean()) }),
    body: named,
  });
  const routes = [
    serve(described, ({ path, query, body, version, engine, connection }) =>
      json(201, { path, query, body, version, engine, transport: connection.transport }, { 'X-Extra': 'yes' }),
    ),
  ];
  await using service = await startService(routes);
  const { status, headers, body } = await call(
    service.path,
    'POST',
    '/v1.45/things/a%2Fb?FORCE=1',
    { 'Content-Type': 'application/json' },
    '{"Name":"ä"}',
  );
  assert.equal(status, 201);
  assert.deepEqual(JSON.parse(body), {
    path: { name: 'a/b' },
    query: { force: true },
    body: { Name: 'Ã¤' }, // the raw client reads bytes
    version: '1.45',
    engine: { name: 'fake' },
    transport: 'unix',
  });
  assert.equal(headers.get('content-type'), 'application/json');
  assert.equal(headers.get('x-extra'), 'yes');
  assert.equal(Number(headers.get('content-length')), body.length);
});

test('every answer says who answers and repeats the client’s reference', async () => {
  await using service = await startService([serve(row('GET', '/_ping'), () => text(200, 'OK'))]);
  const ping = await call(service.path, 'GET', '/_ping', { 'X-Reference-Id': 'abc-1' });
  assert.equal(ping.body, 'OK');
  assert.equal(ping.headers.get('x-reference-id'), 'abc-1');
  for (const path of ['/_ping', '/nowhere', '/v1.99/_ping']) {
    const { headers } = await call(service.path, 'GET', path);
    assert.equal(headers.get('api-version'), '1.55');
    assert.equal(headers.get('libpod-api-version'), '5.8.2');
    assert.equal(headers.get('ostype'), 'linux');
    assert.match(headers.get('server') ?? '', /^Selkie\/.* \(linux\)$/);
    assert.match(headers.get('x-reference-id') ?? '', /^[0-9a-f]{16}$/);
  }
});

test('HEAD answers with the headers of GET and no body', async () => {
  await using service = await startService([serve(row('GET', '/_ping'), () => text(200, 'OK'))]);
  const { status, headers, body } = await call(service.path, 'HEAD', '/_ping');
  assert.deepEqual([status, headers.get('content-length'), body], [200, '2', '']);
});

test('errors are worded for the dialect that asked', async () => {
  const fail = () => {
    throw new SelkieError('NO_SUCH_CONTAINER', { name: 'x' });
  };
  await using service = await startService([serve(row('GET', '/x'), fail), serve(row('GET', '/libpod/x'), fail)]);
  const docker = await call(service.path, 'GET', '/v1.45/x');
  assert.equal(docker.status, 404);
  assert.equal(docker.headers.get('content-type'), 'application/json');
  assert.deepEqual(JSON.parse(docker.body), { message: 'No such container: x' });
  const libpod = await call(service.path, 'GET', '/v5.0.0/libpod/x');
  assert.deepEqual(JSON.parse(libpod.body), {
    cause: 'no such container',
    message: 'no container with name or ID "x" found: no such container',
    response: 404,
  });
});

test('unknown pages, wrong methods, wrong versions and unserved rows answer in the dialect’s shape', async () => {
  await using service = await startService([serve(row('GET', '/x'), () => empty(200))], {
    operations: [row('GET', '/later'), row('GET', '/libpod/later')],
  });
  const answer = async (method: string, path: string) => {
    const { status, body, headers } = await call(service.path, method, path);
    return [status, JSON.parse(body), headers.get('allow')];
  };
  assert.deepEqual(await answer('GET', '/nowhere'), [404, { message: 'page not found' }, undefined]);
  assert.deepEqual(await answer('GET', '/libpod/nowhere'), [
    404,
    { cause: 'page not found', message: 'page not found', response: 404 },
    undefined,
  ]);
  assert.deepEqual(await answer('PUT', '/x'), [405, { message: 'method not allowed: GET' }, 'GET']);
  assert.deepEqual(await answer('GET', '/v1.99/x'), [
    400,
    { message: 'client version 1.99 is too new. Maximum supported API version is 1.55' },
    undefined,
  ]);
  assert.deepEqual(await answer('GET', '/later'), [501, { message: 'GET /later is not implemented' }, undefined]);
  assert.equal((await answer('GET', '/libpod/later'))[1].response, 501);
});

test('not modified has no body', async () => {
  const route = serve(row('POST', '/x/start'), () => {
    throw new SelkieError('NOT_MODIFIED', {});
  });
  await using service = await startService([route]);
  using client = new RawClient(service.path);
  client.send(requestText('POST', '/x/start')).send(requestText('POST', '/x/start', { Connection: 'close' }));
  const answer = await client.all();
  assert.equal(answer.match(/HTTP\/1\.1 304 Not Modified/g)?.length, 2);
  assert.doesNotMatch(answer, /message|Content-Length|Transfer-Encoding/i);
});

test('a bug answers 500 without its text and logs its stack under the reference', async () => {
  const route = serve(row('GET', '/x'), () => {
    throw new TypeError('secret internals', { cause: new Error('deeper') });
  });
  await using service = await startService([route]);
  const { status, headers, body } = await call(service.path, 'GET', '/x');
  const reference = headers.get('x-reference-id');
  assert.equal(status, 500);
  assert.deepEqual(JSON.parse(body), { message: `internal error, see the service's log for ${reference}` });
  const entry = service.logged.find((line) => line.reference === reference);
  assert.equal(entry?.level, 'error');
  assert.match(String(entry?.error), /secret internals[\s\S]*service\.test\.ts[\s\S]*deeper/);
});

test('bodies that are no JSON, not what the row says, too large or not called JSON are refused', async () => {
  const route = (path: string) => serve(row('POST', path, { body: named }), () => empty(204));
  await using service = await startService([route('/x'), route('/libpod/x')]);
  const post = async (path: string, body: string, type = 'application/json') =>
    (await call(service.path, 'POST', path, { 'Content-Type': type }, body)).status;
  assert.equal(await post('/x', '{"Name":"a"}'), 204);
  assert.equal(await post('/x', '{"Name":"a"}', 'application/json; charset=utf-8'), 204);
  assert.equal(await post('/x', '{'), 400);
  assert.equal(await post('/x', ''), 400);
  assert.equal(await post('/x', '{"Name":1}'), 400);
  assert.equal(await post('/x', '{"Name":"a"}', 'text/plain'), 400);
  assert.equal(await post('/libpod/x', '{"Name":"a"}', 'text/plain'), 204);
  using client = new RawClient(service.path);
  const huge = `{"Name":"${'a'.repeat(17 * 1024 * 1024)}"}`;
  await client
    .send(requestText('POST', '/x', {}, huge))
    .until(/^HTTP\/1.1 413 .*\{"message":"the request body is larger/s);
});

test('an upload is the handler’s to read', async () => {
  const route = serve(row('PUT', '/x', { upload: ['application/x-tar'] }), async ({ upload }) => {
    let size = 0;
    for await (const chunk of upload) size += chunk.length;
    return json(200, { size });
  });
  await using service = await startService([route]);
  const { body } = await call(service.path, 'PUT', '/x', {}, 'x'.repeat(300_000));
  assert.deepEqual(JSON.parse(body), { size: 300_000 });
});

test('policy is asked before the handler and its refusal is an answer', async () => {
  let ran = 0;
  const route = (path: string) =>
    serve(row('GET', path, { permission: path === '/secret' ? 'test:admin' : 'test:read' }), () => {
      ran++;
      return empty(204);
    });
  await using service = await startService([route('/secret'), route('/open')], {
    permit: async ({ permission }, { transport }) => {
      if (permission === 'test:admin') throw new SelkieError('FORBIDDEN', { reason: `not over ${transport}` });
    },
  });
  const refused = await call(service.path, 'GET', '/secret');
  assert.deepEqual([refused.status, JSON.parse(refused.body), ran], [403, { message: 'not over unix' }, 0]);
  assert.equal((await call(service.path, 'GET', '/open')).status, 204);
});

test('the log tells of requests without their query', async () => {
  await using service = await startService([serve(row('POST', '/build'), () => empty(204))]);
  await call(service.path, 'POST', '/v1.45/build?buildargs=hunter2');
  const entry = service.logged.at(-1);
  assert.doesNotMatch(JSON.stringify(entry), /hunter2/);
  assert.equal(entry?.path, '/build');
  assert.equal(entry?.operation, 'POST /build');
  assert.equal(entry?.status, 204);
  assert.equal(typeof entry?.ms, 'number');
});

test('a request that offers an upgrade nobody asked about is an ordinary request', async () => {
  await using service = await startService([serve(row('POST', '/x', { body: named }), ({ body }) => json(200, body))]);
  const { status, body } = await call(
    service.path,
    'POST',
    '/x',
    { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'Content-Type': 'application/json' },
    '{"Name":"h2c"}',
  ).catch((error) => assert.fail(error));
  assert.deepEqual([status, body], [200, '{"Name":"h2c"}']);
});

test('an upgrade from an operation that is none is a bug, not a hang', async () => {
  await using service = await startService([
    serve(row('GET', '/x'), () => upgrade({ contentType: 'a/b', run: async () => {} })),
  ]);
  assert.equal((await call(service.path, 'GET', '/x')).status, 500);
});

test('what is no HTTP gets 400 and is gone', async () => {
  await using service = await startService([]);
  using client = new RawClient(service.path);
  assert.equal(parseAnswer(await client.send('\x16\x03\x01hello\r\n\r\n').all()).status, 400);
});

test('headers may be large', async () => {
  await using service = await startService([serve(row('GET', '/x'), () => empty(204))]);
  assert.equal((await call(service.path, 'GET', '/x', { 'X-Registry-Config': 'a'.repeat(500_000) })).status, 204);
  assert.equal((await call(service.path, 'GET', '/x', { 'X-Registry-Config': 'a'.repeat(1_200_000) })).status, 431);
});
