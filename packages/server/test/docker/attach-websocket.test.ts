import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, suite, test } from 'node:test';
import { WebSocket } from 'ws';
import { type ImageSource, startImageSource } from '../../../../conformance/support/images.ts';
import { type Service, startService } from '../../../../conformance/support/service.ts';

suite('attaching over a WebSocket', { timeout: 60_000 }, () => {
  let images: ImageSource;
  let service: Service;

  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
    await service.request('POST', '/v1.45/images/create?fromImage=busybox&tag=latest');
  });
  after(async () => {
    await service[Symbol.asyncDispose]();
    await images[Symbol.asyncDispose]();
  });

  async function created(body: object): Promise<string> {
    const answer = await service.request('POST', '/v1.45/containers/create', {
      Image: 'busybox',
      HostConfig: { NetworkMode: 'none' },
      ...body,
    });
    return answer.string('Id');
  }

  const start = (id: string) => service.request('POST', `/v1.45/containers/${id}/start`);

  function attach(id: string, query: string, version = '1.45') {
    const socket = new WebSocket(`ws+unix:${service.socket}:/v${version}/containers/${id}/attach/ws?${query}`);
    const received: Buffer[] = [];
    const binary: boolean[] = [];
    socket.on('message', (data: Buffer, isBinary) => {
      received.push(data);
      binary.push(isBinary);
    });
    return { socket, binary, output: () => Buffer.concat(received).toString() };
  }

  const echo = { Cmd: ['sh', '-c', 'read a; echo "out $a"; echo err >&2; exit 3'], OpenStdin: true, StdinOnce: true };

  test('input goes in, output comes out in binary messages without frames, and the end closes it', async () => {
    const id = await created(echo);
    const { socket, binary, output } = attach(id, 'stream=1&stdin=1&stdout=1&stderr=1');
    await once(socket, 'open');
    await start(id);
    socket.send('hello\n');
    const [code] = await once(socket, 'close');
    // A closing without a reason, not a cut connection (1006).
    assert.equal(code, 1005);
    assert.deepEqual(output().split('\n').sort(), ['', 'err', 'out hello']);
    assert.ok(binary.length > 0 && binary.every((each) => each));
  });

  test('only the streams asked for are sent, all of them to clients that could not ask', async () => {
    const id = await created({ Cmd: ['sh', '-c', 'echo out; echo err >&2'] });
    const some = attach(id, 'stream=1&stdout=1');
    const all = attach(id, 'stream=1', '1.41');
    await Promise.all([once(some.socket, 'open'), once(all.socket, 'open')]);
    await start(id);
    await Promise.all([once(some.socket, 'close'), once(all.socket, 'close')]);
    assert.equal(some.output(), 'out\n');
    assert.deepEqual(all.output().split('\n').sort(), ['', 'err', 'out']);
  });

  test('what was written before comes first with logs', async () => {
    const id = await created({ Cmd: ['echo', 'before'] });
    await start(id);
    await service.request('POST', `/v1.45/containers/${id}/wait`);
    const { socket, output } = attach(id, 'logs=1&stdout=1');
    await once(socket, 'close');
    assert.equal(output(), 'before\n');
  });

  test('a client that leaves leaves the container running', async () => {
    const id = await created({ Cmd: ['sleep', '1000'] });
    await start(id);
    const { socket } = attach(id, 'stream=1&stdout=1');
    await once(socket, 'open');
    socket.close();
    await once(socket, 'close');
    assert.equal((await service.request('GET', `/v1.45/containers/${id}/json`)).at('State', 'Running'), true);
  });

  test('what is no handshake is refused before anything is attached', async () => {
    const id = await created(echo);
    const raw = connect(service.socket);
    raw.end(`GET /v1.45/containers/${id}/attach/ws?stream=1 HTTP/1.1\r\nHost: d\r\n\r\n`);
    const answer = await text(raw);
    assert.match(answer, /^HTTP\/1\.1 400 /);
    assert.match(answer, /no WebSocket handshake/);
  });

  test('a container that is not there is a 404', async () => {
    const { socket } = attach('nobody', 'stream=1');
    const [, response] = await once(socket, 'unexpected-response');
    assert.equal(response.statusCode, 404);
    socket.on('error', () => {});
    socket.terminate();
  });
});
