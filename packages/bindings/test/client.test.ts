import assert from 'node:assert/strict';
import { after, before, beforeEach, suite, test } from 'node:test';
import { ApiError, type Client, ConnectionError, connect } from '../src/index.ts';
import { type FakeService, json, startFakeService } from './support/fake-service.ts';

suite('client', () => {
  let fake: FakeService;
  let client: Client;

  before(async () => {
    fake = await startFakeService();
  });
  after(() => fake[Symbol.asyncDispose]());
  beforeEach(() => {
    fake.seen.length = 0;
    fake.version = '5.8.2';
    client = connect(fake.url);
  });

  test('a call sends path, query and body as the row has them', async () => {
    fake.answer = json({ Id: 'abc', Warnings: [] }, 201);
    assert.equal((await client.containers.create({ body: { image: 'busybox', terminal: true } })).Id, 'abc');
    fake.answer = (response) => response.writeHead(204).end();
    await client.containers.stop('a/b c', { query: { timeout: 3, ignore: true } });
    assert.deepEqual(
      fake.seen.map(({ method, url, body }) => [method, url, body]),
      [
        ['POST', '/v5.8.2/libpod/containers/create', '{"image":"busybox","terminal":true}'],
        ['POST', '/v5.8.2/libpod/containers/a%2Fb%20c/stop?timeout=3&ignore=true', ''],
      ],
    );
    assert.equal(fake.seen[0]?.headers['content-type'], 'application/json');
  });

  test('lists repeat, filters and JSON parameters are JSON text', async () => {
    fake.answer = json([]);
    await client.containers.list({ query: { filters: { label: ['a=b', 'c'] } } });
    await client.images.export({ query: { references: ['a', 'b'] } }).then((stream) => stream.resume());
    await client.images.build({ query: { labels: ['x=y'], t: ['n'] }, body: 'tar' });
    const urls = fake.seen.map(({ url }) => decodeURIComponent(url.slice(url.indexOf('?') + 1)));
    assert.deepEqual(urls, ['filters={"label":["a=b","c"]}', 'references=a&references=b', 'labels=["x=y"]&t=n']);
  });

  test('it speaks the newest version both know', async () => {
    assert.equal(await client.version(), '5.8.2');
    fake.version = '4.3.1';
    assert.equal(await connect(fake.url).version(), '4.3.1');
    fake.version = '9.0.0';
    assert.equal(await connect(fake.url).version(), '5.8.2');
    assert.equal(await connect(fake.url, { version: '5.0.0' }).version(), '5.0.0');
    fake.version = '3.4.4';
    await assert.rejects(connect(fake.url).version(), /speaks version 3.4.4, the oldest usable is 4.0.0/);
    fake.version = undefined;
    await assert.rejects(connect(fake.url).version(), /no libpod service/);
  });

  test('after a failure to negotiate the next call tries again', async () => {
    fake.version = undefined;
    await assert.rejects(client.version(), ConnectionError);
    fake.version = '5.8.2';
    assert.equal(await client.version(), '5.8.2');
  });

  test('an error carries status, message and reason', async () => {
    fake.answer = json(
      { cause: 'no such container', message: 'no container "x": no such container', response: 404 },
      404,
    );
    await assert.rejects(client.containers.inspect('x'), (error) => {
      assert(error instanceof ApiError);
      assert.equal(error.status, 404);
      assert.equal(error.reason, 'no such container');
      assert.equal(error.message, 'no container "x": no such container');
      return true;
    });
    assert.equal(await client.containers.exists('x'), false);
    fake.answer = (response) => response.writeHead(500).end('out of order\n');
    await assert.rejects(client.containers.inspect('x'), /^ApiError: out of order$/);
  });

  test('what was so already is no error', async () => {
    fake.answer = (response) => response.writeHead(304).end();
    assert.equal(await client.containers.start('x'), undefined);
  });

  test('a text loses its closing line feed', async () => {
    fake.answer = (response) => response.end('7\n');
    assert.equal(await client.containers.wait('x'), '7');
  });

  test('a stream of objects is read as it comes, and leaving it ends it', async () => {
    const closed = new Promise<void>((resolve) => {
      fake.answer = (response) => {
        response.on('close', resolve);
        response.write('{"Type":"a"}\n{"Ty');
        setTimeout(() => response.write('pe":"b"}\n'), 10);
      };
    });
    const types: string[] = [];
    for await (const { Type } of await client.system.events()) {
      types.push(Type);
      if (types.length === 2) break;
    }
    assert.deepEqual(types, ['a', 'b']);
    await closed;
  });

  test('a signal ends a call that waits', async () => {
    const abort = new AbortController();
    fake.answer = () => abort.abort(new Error('enough'));
    await assert.rejects(client.containers.wait('x', { signal: abort.signal }), /enough/);
  });

  test('an upload is sent piece by piece', async () => {
    fake.answer = json({ Names: ['a'] });
    async function* pieces() {
      yield Buffer.from('one');
      yield Buffer.from('two');
    }
    assert.deepEqual((await client.images.load({ body: pieces() })).Names, ['a']);
    const [seen] = fake.seen;
    assert.equal(seen?.body, 'onetwo');
    assert.equal(seen?.headers['content-type'], 'application/x-tar');
  });

  test('a kept connection the service has closed is replaced', async () => {
    fake.answer = json({ Names: [] });
    await client.images.resolve('a');
    fake.server.closeIdleConnections();
    await client.images.resolve('b');
    assert.deepEqual(fake.seen.length, 2);
  });

  test('a handed-over connection carries input, frames and the end of input', async () => {
    fake.takeover = (socket) => {
      socket.write('HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.multiplexed-stream\r\n');
      socket.write('Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n\x01\0\0\0\0\0\0\x02hi');
      const input: Buffer[] = [];
      socket.on('data', (data) => input.push(data));
      socket.on('end', () => {
        const data = Buffer.concat(input);
        socket.end(Buffer.concat([Buffer.from([2, 0, 0, 0, 0, 0, 0, data.length]), data]));
      });
    };
    await using connection = await client.containers.attach('x', { query: { stdin: true } });
    assert.equal(connection.tty, false);
    await connection.write('question');
    connection.end();
    const frames: string[] = [];
    for await (const { stream, data } of connection.output) frames.push(`${stream}: ${data}`);
    assert.deepEqual(frames, ['stdout: hi', 'stderr: question']);
  });

  test('a refused takeover is an error like any other', async () => {
    fake.takeover = (socket) => {
      const body = '{"message":"it is not running","cause":"container state improper","response":409}';
      socket.end(`HTTP/1.1 409 Conflict\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
    };
    await assert.rejects(client.containers.attach('x'), { status: 409, reason: 'container state improper' });
  });
});

test('who cannot be reached is told with what may help', async () => {
  await assert.rejects(connect('unix:///nowhere/s.sock').system.info(), {
    name: 'ConnectionError',
    code: 'ENOENT',
    message: /^cannot connect to unix:\/\/\/nowhere\/s.sock: there is no such socket. Start the service with `selkie/,
  });
  await assert.rejects(connect('tcp://127.0.0.1:1').system.info(), { code: 'ECONNREFUSED', message: /nobody listens/ });
});
