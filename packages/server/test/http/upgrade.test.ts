import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { SelkieError } from '@selkie/contract';
import * as t from '@selkie/contract/schema';
import type { Route } from '../../src/http/handler.ts';
import { empty, json, upgrade } from '../../src/http/handler.ts';
import { call, parseAnswer, RawClient, requestText } from './support/client.ts';
import { row } from './support/rows.ts';
import { type Fake, serve, startService } from './support/service.ts';

const startBody = t.object({ Tty: t.boolean() });
const contentType = 'application/vnd.docker.raw-stream';
const upgradeHeaders = { Connection: 'Upgrade', Upgrade: 'tcp' };

/** Says back what it reads, and at its end how much that was. */
async function echo(connection: Duplex): Promise<void> {
  let size = 0;
  for await (const chunk of connection.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    connection.write(chunk);
  }
  connection.write(`<eof after ${size}>`);
}

const echoRoutes: Route<Fake>[] = [
  serve(row('POST', '/echo', { stream: 'upgrade', body: startBody, bodyOptional: true }), async ({ body }) => {
    await sleep(10); // connecting
    return upgrade({
      contentType,
      async run(connection) {
        connection.write(`[${JSON.stringify(body) ?? 'none'}]`);
        await echo(connection);
      },
    });
  }),
];

const head101 = `HTTP/1.1 101 UPGRADED\r\nContent-Type: ${contentType}\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n`;
const head200 = `HTTP/1.1 200 OK\r\nContent-Type: ${contentType}\r\n\r\n`;
const body = '{"Tty":true}';

for (const [kind, headers, head] of [
  ['with Upgrade', upgradeHeaders, head101],
  ['without Upgrade', {}, head200],
] as const) {
  test(`${kind}: the head is exact, half-close is end of input and output goes on`, async () => {
    await using service = await startService(echoRoutes);
    using client = new RawClient(service.path);
    client.send(requestText('POST', '/v1.45/echo', headers));
    await client.until('[none]');
    client.send('one');
    await client.until('one');
    client.send('two').finish();
    assert.equal(await client.all(), `${head}[none]onetwo<eof after 6>`);
  });

  test(`${kind}: body, input and end of input in one packet`, async () => {
    await using service = await startService(echoRoutes);
    using client = new RawClient(service.path);
    client.send(`${requestText('POST', '/echo', headers, body)}stdin`).finish();
    assert.equal(await client.all(), `${head}[{"Tty":true}]stdin<eof after 5>`);
  });

  test(`${kind}: input that looks like a request is input`, async () => {
    await using service = await startService(echoRoutes);
    using client = new RawClient(service.path);
    const input = requestText('POST', '/echo', headers, body) + requestText('GET', '/nowhere');
    client.send(requestText('POST', '/echo', headers, body) + input).finish();
    assert.equal(await client.all(), `${head}[{"Tty":true}]${input}<eof after ${input.length}>`);
    assert.equal(service.logged.length, 1);
  });

  test(`${kind}: the request byte by byte, the body in parts`, async () => {
    await using service = await startService(echoRoutes);
    using client = new RawClient(service.path);
    for (const character of requestText('POST', '/echo', headers, body)) {
      client.send(character);
      await sleep(0);
    }
    client.send('late').finish();
    assert.equal(await client.all(), `${head}[{"Tty":true}]late<eof after 4>`);
  });

  test(`${kind}: a chunked body is consumed exactly`, async () => {
    await using service = await startService(echoRoutes);
    using client = new RawClient(service.path);
    const chunked = '5;x=y\r\n{"Tty\r\n7\r\n":true}\r\n0\r\nTrailer: x\r\n\r\n';
    client.send(`${requestText('POST', '/echo', { 'Transfer-Encoding': 'chunked', ...headers })}${chunked}0\r\n\r\n`);
    client.finish();
    assert.equal(await client.all(), `${head}[{"Tty":true}]0\r\n\r\n<eof after 5>`);
  });

  test(`${kind}: a large input arrives whole`, async () => {
    await using service = await startService(echoRoutes);
    using client = new RawClient(service.path);
    const size = 5_000_000;
    client
      .send(requestText('POST', '/echo', headers, body))
      .send(Buffer.alloc(size, 'x'))
      .finish();
    const answer = await client.all();
    assert.ok(answer.endsWith(`x<eof after ${size}>`));
    assert.equal(answer.length, `${head}[{"Tty":true}]<eof after ${size}>`.length + size);
  });

  test(`${kind}: the second request of a connection can be the one that takes it`, async () => {
    await using service = await startService([...echoRoutes, serve(row('GET', '/x'), () => json(200, 'first'))]);
    using client = new RawClient(service.path);
    await client.send(requestText('GET', '/x')).until('"first"');
    const before = client.received.length;
    client.send(`${requestText('POST', '/echo', headers, body)}stdin`).finish();
    assert.equal((await client.all()).slice(before), `${head}[{"Tty":true}]stdin<eof after 5>`);
  });

  test(`${kind}: one that comes before an earlier answer is out cuts the connection and nothing else`, async () => {
    const slow = serve(row('GET', '/slow'), async () => {
      await sleep(30);
      return json(200, 'slow');
    });
    await using service = await startService([...echoRoutes, slow]);
    using client = new RawClient(service.path);
    client.send(requestText('GET', '/slow') + requestText('POST', '/echo', headers));
    assert.equal(await client.all(), '');
    assert.equal((await call(service.path, 'GET', '/slow')).status, 200);
  });

  test(`${kind}: a failure to connect is an ordinary error`, async () => {
    const route = serve(row('POST', '/x', { stream: 'upgrade', body: startBody }), async () => {
      await sleep(5);
      throw new SelkieError('CONTAINER_NOT_RUNNING', { id: 'abc' });
    });
    await using service = await startService([route]);
    const answer = await call(service.path, 'POST', '/x', headers, body);
    assert.equal(answer.start, 'HTTP/1.1 409 Conflict');
    assert.equal(answer.headers.get('content-type'), 'application/json');
    assert.equal(answer.headers.get('connection'), 'close');
    assert.equal(answer.headers.get('api-version'), '1.55');
    assert.deepEqual(JSON.parse(answer.body), { message: 'container abc is not running' });
    assert.equal((await call(service.path, 'POST', '/x', headers, '{"Tty":')).status, 400);
    assert.equal((await call(service.path, 'POST', '/x', headers, '{"Tty":4}')).status, 400);
    assert.equal((await call(service.path, 'POST', '/v1.99/x', headers, body)).status, 400);
  });

  test(`${kind}: what needs no stream is answered like anything else`, async () => {
    await using service = await startService([serve(row('POST', '/x', { stream: 'upgrade' }), () => empty(200))]);
    const { status, headers: answered } = await call(service.path, 'POST', '/x', headers);
    assert.deepEqual([status, answered.get('content-length')], [200, '0']);
  });

  test(`${kind}: a client that is gone aborts the signal though nothing is written, one that half-closed does not`, async () => {
    const left = Promise.withResolvers<void>();
    let leavings = 0;
    const route = serve(row('POST', '/x', { stream: 'upgrade' }), () =>
      upgrade({
        contentType,
        async run(connection, signal) {
          signal.addEventListener('abort', () => {
            leavings++;
            left.resolve();
          });
          connection.resume();
          await left.promise;
          connection.write('bye');
        },
      }),
    );
    await using service = await startService([route]);
    using staying = new RawClient(service.path);
    const leaving = new RawClient(service.path);
    await staying.send(requestText('POST', '/x', headers)).until('\r\n\r\n');
    await leaving.send(requestText('POST', '/x', headers)).until('\r\n\r\n');
    staying.finish();
    leaving.socket.destroy();
    await left.promise;
    assert.ok((await staying.all()).endsWith('bye'));
    assert.equal(leavings, 1);
  });

  test(`${kind}: data listeners and pipes work on the connection as iteration does`, async () => {
    const run = (name: string, consume: (connection: Duplex, done: () => void) => void) =>
      serve(row('POST', `/${name}`, { stream: 'upgrade', body: startBody, bodyOptional: true }), () =>
        upgrade({
          contentType,
          run: (connection) => new Promise<void>((resolve) => consume(connection, resolve)),
        }),
      );
    await using service = await startService([
      run('data', (connection, done) => connection.on('data', (chunk) => connection.write(chunk)).on('end', done)),
      run('pipe', (connection, done) => connection.pipe(connection).on('finish', done)),
    ]);
    for (const path of ['/data', '/pipe']) {
      for (const sent of ['', body]) {
        using client = new RawClient(service.path);
        client.send(`${requestText('POST', path, headers, sent)}one`).finish();
        assert.equal(await client.all(), `${head}one`, `${path} ${sent}`);
      }
    }
  });
}

test('the protocol a client names is the one it is answered with', async () => {
  await using service = await startService(echoRoutes);
  using client = new RawClient(service.path);
  client.send(requestText('POST', '/echo', { Connection: 'upgrade', Upgrade: 'raw' })).finish();
  assert.match(await client.all(), /^HTTP\/1\.1 101 UPGRADED\r\n[\s\S]*\r\nUpgrade: raw\r\n\r\n/);
});

test('Upgrade alone, without Connection, is enough', async () => {
  await using service = await startService(echoRoutes);
  using client = new RawClient(service.path);
  client.send(`${requestText('POST', '/echo', { Upgrade: 'tcp' }, body)}in`).finish();
  assert.equal(await client.all(), `${head101}[{"Tty":true}]in<eof after 2>`);
});

test('nothing is answered before the handler has connected', async () => {
  const connected = Promise.withResolvers<void>();
  const route = serve(row('POST', '/x', { stream: 'upgrade' }), async () => {
    await connected.promise;
    return upgrade({ contentType, run: async (connection) => void connection.write('out') });
  });
  await using service = await startService([route]);
  using client = new RawClient(service.path);
  client.send(requestText('POST', '/x', upgradeHeaders));
  await sleep(50);
  assert.equal(client.received, '');
  connected.resolve();
  assert.equal(await client.all(), `${head101}out`);
});

test('the server closes when the output ends, though the client never closes and keeps sending', async () => {
  const route = serve(row('POST', '/x', { stream: 'upgrade' }), () =>
    upgrade({ contentType, run: async (connection) => void connection.write(Buffer.alloc(1_000_000, 'o')) }),
  );
  await using service = await startService([route]);
  using client = new RawClient(service.path);
  client.send(requestText('POST', '/x', upgradeHeaders)).send(Buffer.alloc(1_000_000));
  assert.equal((await client.all()).length, head101.length + 1_000_000);
});

test('a multiplexed stream that breaks off says so in an error frame', async () => {
  const multiplexed = 'application/vnd.docker.multiplexed-stream';
  const route = serve(row('POST', '/x', { stream: 'upgrade' }), () =>
    upgrade({
      contentType: multiplexed,
      run: async () => {
        throw new SelkieError('HOST', { reason: 'gone' });
      },
    }),
  );
  await using service = await startService([route]);
  using client = new RawClient(service.path);
  const answer = await client.send(requestText('POST', '/x', upgradeHeaders)).all();
  assert.ok(answer.endsWith('\r\n\r\n\x02\0\0\0\0\0\0\x0cError: gone\n'));
  assert.equal(parseAnswer(answer).status, 101);
});

test('a client that forgets what it read together with a raw head gets the whole stream', async () => {
  await using service = await startService(echoRoutes);
  using client = new RawClient(service.path);
  client.send(requestText('POST', '/v1.45/echo', {}));
  const [first] = await once(client.socket, 'data');
  assert.equal(String(first), head200);
  client.finish();
  assert.equal(await client.all(), `${head200}[none]<eof after 0>`);
});
