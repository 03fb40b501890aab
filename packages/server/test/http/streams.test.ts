import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { Writable } from 'node:stream';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SelkieError } from '@selkie/contract';
import { afterFirst, ndjson, raw } from '../../src/http/handler.ts';
import { sendAll } from '../../src/http/streams.ts';
import { call, parseAnswer, RawClient, requestText } from './support/client.ts';
import { row } from './support/rows.ts';
import { serve, startService } from './support/service.ts';

/** Never yields, and minds no signal. */
const silent: AsyncIterable<never> = { [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }) };

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(2);
}

test('a silent stream answers with its headers at once', async () => {
  await using service = await startService(
    [
      serve(row('GET', '/logs', { stream: 'raw' }), () => raw(silent, 'application/vnd.docker.raw-stream')),
      serve(row('GET', '/events', { stream: 'ndjson' }), () => ndjson(silent)),
    ],
    { graceMs: 20 },
  );
  for (const [path, type] of [
    ['/logs', 'application/vnd.docker.raw-stream'],
    ['/events', 'application/json'],
  ]) {
    using client = new RawClient(service.path);
    const { status, headers } = parseAnswer(await client.send(requestText('GET', path ?? '')).until('\r\n\r\n'));
    assert.deepEqual([status, headers.get('content-type')], [200, type]);
  }
});

test('HEAD of a stream ends after its headers', async () => {
  await using service = await startService([serve(row('GET', '/logs', { stream: 'raw' }), () => raw(silent, 'a/b'))]);
  const { status, body } = await call(service.path, 'HEAD', '/logs');
  assert.deepEqual([status, body], [200, '']);
});

test('each object is one line and one chunk', async () => {
  async function* items() {
    yield { status: 'a' };
    yield { status: 'b\nc' };
  }
  await using service = await startService([serve(row('GET', '/x', { stream: 'ndjson' }), () => ndjson(items()))]);
  const { body } = await call(service.path, 'GET', '/x');
  assert.equal(body, 'f\r\n{"status":"a"}\n\r\n12\r\n{"status":"b\\nc"}\n\r\n0\r\n\r\n');
});

test('a failure before the first object is a status, after it an errorDetail line', async () => {
  async function* items(before: number) {
    for (let i = 0; i < before; i++) yield { i };
    throw new SelkieError('MANIFEST_UNKNOWN', { name: 'x:1' });
  }
  await using service = await startService([
    serve(row('POST', '/pull0', { stream: 'ndjson' }), async () => ndjson(await afterFirst(items(0)))),
    serve(row('POST', '/pull1', { stream: 'ndjson' }), async () => ndjson(await afterFirst(items(1)))),
  ]);
  const early = await call(service.path, 'POST', '/pull0');
  assert.deepEqual(
    [early.status, JSON.parse(early.body).message],
    [404, 'manifest for x:1 not found: manifest unknown: manifest unknown'],
  );
  const late = await call(service.path, 'POST', '/pull1');
  const message = 'manifest for x:1 not found: manifest unknown: manifest unknown';
  assert.equal(late.status, 200);
  assert.ok(late.body.includes('{"i":0}\n'));
  assert.ok(
    late.body.includes(`${JSON.stringify({ errorDetail: { message }, error: message })}\n\r\n0\r\n\r\n`),
    late.body,
  );
});

test('a bug after the first object keeps its text to itself', async () => {
  async function* items() {
    yield { i: 0 };
    throw new Error('secret');
  }
  await using service = await startService([serve(row('GET', '/x', { stream: 'ndjson' }), () => ndjson(items()))]);
  const { body } = await call(service.path, 'GET', '/x');
  assert.match(body, /errorDetail.*internal error/);
  assert.doesNotMatch(body, /secret/);
  assert.match(JSON.stringify(service.logged), /secret/);
});

test('a raw stream that fails is cut, so that nobody takes half an archive for a whole one', async () => {
  async function* chunks() {
    yield Buffer.from('half');
    await sleep(5);
    throw new SelkieError('HOST', { reason: 'disk' });
  }
  await using service = await startService([
    serve(row('GET', '/x', { stream: 'tar' }), () => raw(chunks(), 'application/x-tar')),
  ]);
  using client = new RawClient(service.path);
  const answer = await client.send(requestText('GET', '/x')).all();
  assert.ok(answer.endsWith('4\r\nhalf\r\n'), answer);
});

test('a slow reader holds its producer back instead of growing memory', async () => {
  let produced = 0;
  async function* chunks() {
    for (; produced < 200; produced++) yield Buffer.alloc(64 * 1024);
  }
  await using service = await startService([serve(row('GET', '/x', { stream: 'raw' }), () => raw(chunks(), 'a/b'))]);
  using client = new RawClient(service.path);
  client.socket.pause();
  client.send(requestText('GET', '/x', { Connection: 'close' }));
  await until(() => produced > 0);
  await sleep(200);
  assert.ok(produced < 40, `${produced} chunks of 64 KiB for a reader that reads nothing`);
  client.socket.resume();
  await client.all();
  assert.equal(produced, 200);
});

test('the client’s leaving stops a producer that waits and one that does not mind', async () => {
  const stopped: string[] = [];
  async function* minding(signal: AbortSignal) {
    try {
      await sleep(100_000, undefined, { signal });
      yield {};
    } finally {
      stopped.push('minding');
    }
  }
  async function* busy() {
    try {
      for (;;) {
        await sleep(1);
        yield {};
      }
    } finally {
      stopped.push('busy');
    }
  }
  let ended = 0;
  await using service = await startService([
    serve(row('GET', '/minding', { stream: 'ndjson' }), ({ signal }) => ndjson(minding(signal))),
    serve(row('GET', '/busy', { stream: 'ndjson' }), () => ndjson(busy())),
    serve(row('GET', '/silent', { stream: 'ndjson' }), ({ signal }) => {
      signal.addEventListener('abort', () => ended++);
      return ndjson(silent);
    }),
  ]);
  for (const path of ['/minding', '/busy', '/silent']) {
    const client = new RawClient(service.path);
    await client.send(requestText('GET', path)).until('\r\n\r\n');
    client.socket.destroy();
  }
  await until(() => stopped.length === 2 && ended === 1);
  await until(() => service.logged.length === 3);
  assert.ok(
    service.logged.every(({ level }) => level === 'info'),
    JSON.stringify(service.logged),
  );
});

test('leaving while a handler still works aborts its signal', async () => {
  const aborted = Promise.withResolvers<void>();
  const route = serve(row('POST', '/wait'), async ({ signal }) => {
    await sleep(100_000, undefined, { signal }).catch((error) => {
      aborted.resolve();
      throw error;
    });
    throw new Error('not reached');
  });
  await using service = await startService([route]);
  const client = new RawClient(service.path);
  client.send(requestText('POST', '/wait'));
  await sleep(20);
  client.socket.destroy();
  await aborted.promise;
  await until(() => service.logged.length === 1);
  assert.deepEqual([service.logged[0]?.level, service.logged[0]?.error], ['info', 'the client closed the request']);
});

test('a finished request leaves its signal alone', async () => {
  let aborts = 0;
  const route = serve(row('GET', '/x'), ({ signal }) => {
    signal.addEventListener('abort', () => aborts++);
    return raw(
      (async function* () {
        yield Buffer.from('x');
      })(),
      'a/b',
    );
  });
  await using service = await startService([route]);
  await call(service.path, 'GET', '/x');
  await sleep(20);
  assert.equal(aborts, 0);
});

test('sending many chunks gathers no listeners', async () => {
  const destination = new Writable({ highWaterMark: 1, write: (_chunk, _encoding, done) => setImmediate(done) });
  const { signal } = new AbortController();
  let most = 0;
  destination.on('newListener', () => {
    most = Math.max(most, destination.listenerCount('drain'), destination.listenerCount('close'));
  });
  async function* chunks() {
    for (let i = 0; i < 2000; i++) yield 'x';
  }
  await sendAll(destination, chunks(), signal);
  assert.ok(most <= 2, `${most} listeners`);
});

test('ten thousand aborted streams leave descriptors and memory as they were', async () => {
  let open = 0;
  async function* ticking(signal: AbortSignal) {
    open++;
    try {
      for (;;) {
        yield Buffer.alloc(1024);
        await sleep(100_000, undefined, { signal });
      }
    } finally {
      open--;
    }
  }
  await using service = await startService([
    serve(row('GET', '/x', { stream: 'raw' }), ({ signal }) => raw(ticking(signal), 'a/b')),
  ]);
  const descriptors = () => readdirSync('/proc/self/fd').length;
  const round = async (count: number) => {
    for (let done = 0; done < count; done += 50) {
      const clients = Array.from({ length: 50 }, () => new RawClient(service.path));
      await Promise.all(clients.map((client) => client.send(requestText('GET', '/x')).until('\r\n\r\n')));
      for (const { socket } of clients) socket.destroy();
      service.logged.length = 0;
    }
    await until(() => open === 0);
    await sleep(50);
  };
  await round(1000);
  const [fdsBefore, heapBefore] = [descriptors(), heapUsed()];
  await round(9000);
  assert.equal(open, 0);
  assert.ok(descriptors() <= fdsBefore + 5, `${descriptors()} descriptors, before ${fdsBefore}`);
  const grown = heapUsed() - heapBefore;
  assert.ok(grown < 9000 * 300, `${grown} bytes for 9000 streams`);
});

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
  return process.memoryUsage().heapUsed;
}
