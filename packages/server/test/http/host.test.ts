import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { json, ndjson, raw, upgrade } from '../../src/http/handler.ts';
import { call, RawClient, requestText } from './support/client.ts';
import { row } from './support/rows.ts';
import { serve, startService } from './support/service.ts';

const upgradeHeaders = { Connection: 'Upgrade', Upgrade: 'tcp' };

async function* ticks(signal: AbortSignal) {
  while (!signal.aborted) {
    yield { tick: true };
    await sleep(2);
  }
}

const routes = [
  serve(row('GET', '/short'), async () => {
    await sleep(60);
    return json(200, 'finished');
  }),
  serve(row('GET', '/events', { stream: 'ndjson' }), ({ signal }) => ndjson(ticks(signal))),
  serve(row('GET', '/throwing', { stream: 'ndjson' }), ({ signal }) =>
    ndjson(
      (async function* () {
        yield {};
        await sleep(100_000, undefined, { signal });
      })(),
    ),
  ),
  serve(row('GET', '/tar', { stream: 'tar' }), ({ signal }) =>
    raw(
      (async function* () {
        yield Buffer.from('half');
        await sleep(100_000, undefined, { signal });
      })(),
      'application/x-tar',
    ),
  ),
  serve(row('POST', '/attach', { stream: 'upgrade' }), () =>
    upgrade({
      contentType: 'a/b',
      run: async (connection, signal) => {
        connection.write('attached');
        await sleep(100_000, undefined, { signal });
      },
    }),
  ),
];

test('stopping lets a short request finish, ends streams and takes nobody new', async () => {
  await using service = await startService(routes);
  using short = new RawClient(service.path);
  using events = new RawClient(service.path);
  using throwing = new RawClient(service.path);
  using tar = new RawClient(service.path);
  using attach = new RawClient(service.path);
  await events.send(requestText('GET', '/events')).until('tick');
  await throwing.send(requestText('GET', '/throwing')).until('{}');
  await tar.send(requestText('GET', '/tar')).until('half');
  await attach.send(requestText('POST', '/attach', upgradeHeaders)).until('attached');
  short.send(requestText('GET', '/short'));
  await sleep(10);
  const closing = service.close();
  await assert.rejects(call(service.path, 'GET', '/short'));
  await closing;
  assert.match(await short.all(), /200 OK[\s\S]*"finished"$/);
  assert.ok((await events.all()).endsWith('0\r\n\r\n'));
  const ended = await throwing.all();
  assert.ok(ended.endsWith('0\r\n\r\n') && !ended.includes('errorDetail'), ended);
  assert.ok((await tar.all()).endsWith('4\r\nhalf\r\n'), 'half an archive must not end like a whole one');
  assert.ok((await attach.all()).endsWith('attached'));
});

test('stopping does not wait for what never ends', async () => {
  const route = serve(row('POST', '/x'), () => new Promise(() => {}));
  const deaf = serve(row('POST', '/deaf', { stream: 'upgrade' }), () =>
    upgrade({ contentType: 'a/b', run: () => new Promise(() => {}) }),
  );
  await using service = await startService([route, deaf], { graceMs: 20 });
  using client = new RawClient(service.path);
  using attached = new RawClient(service.path);
  client.send(requestText('POST', '/x'));
  await attached.send(requestText('POST', '/deaf', upgradeHeaders)).until('101 UPGRADED');
  await service.close();
  await client.all();
  await attached.all();
});

test('idling counts from the end of the last request and never cuts a stream or an attachment', async () => {
  await using service = await startService(routes);
  for (const text of [requestText('GET', '/events'), requestText('POST', '/attach', upgradeHeaders)]) {
    let idle = 0;
    const reached = Promise.withResolvers<void>();
    using client = new RawClient(service.path);
    await client.send(text).until('\r\n\r\n');
    using _watch = service.whenIdleFor(30, () => {
      idle++;
      reached.resolve();
    });
    await sleep(100);
    assert.equal(idle, 0, text);
    client.socket.destroy();
    await reached.promise;
  }
});

test('idling without any request ends too', async () => {
  await using service = await startService(routes);
  const idle = Promise.withResolvers<void>();
  using _watch = service.whenIdleFor(10, idle.resolve);
  await idle.promise;
});
