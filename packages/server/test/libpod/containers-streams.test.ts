import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { after, before, suite, test } from 'node:test';
import { type Answer, member } from '../../../../conformance/support/http.ts';
import { type ImageSource, startImageSource } from '../../../../conformance/support/images.ts';
import { type Service, startService } from '../../../../conformance/support/service.ts';
import { readFrames } from '../../src/http/multiplex.ts';

const BASE = '/v5.4.0/libpod';
const RAW = 'application/vnd.docker.raw-stream';
const MULTIPLEXED = 'application/vnd.docker.multiplexed-stream';

suite('streams of libpod containers', { timeout: 120_000 }, () => {
  const held = new AsyncDisposableStack();
  let images: ImageSource;
  let service: Service;

  before(async () => {
    images = held.use(await startImageSource());
    service = held.use(await startService({ args: images.args }));
    await post('/images/pull?reference=alpine&quiet=true');
  });
  after(() => held.disposeAsync());

  const get = (path: string) => service.request('GET', `${BASE}${path}`);
  const post = (path: string, body?: object) => service.request('POST', `${BASE}${path}`, body);
  const hijack = (path: string, body?: object) => service.hijack(`${BASE}${path}`, body);
  const discard = (id: string) => service.request('DELETE', `${BASE}/containers/${id}?force=true&timeout=0`);
  const status = async (work: Promise<Answer>) => (await work).status;

  async function created(spec: object): Promise<string> {
    return (await post('/containers/create', { image: 'alpine', command: ['sleep', '1000'], ...spec })).string('Id');
  }

  async function started(spec: object): Promise<string> {
    const id = await created(spec);
    const answer = await post(`/containers/${id}/start`);
    assert.equal(answer.status, 204, answer.text);
    return id;
  }

  /** A start is answered when the runtime lets the process go, a moment before that is the container's own. */
  async function itsOwn(id: string): Promise<void> {
    while (!(await get(`/containers/${id}/top`)).text.includes('"sleep 1000"'));
  }

  async function executed(id: string, body: object): Promise<string> {
    const answer = await post(`/containers/${id}/exec`, { AttachStdout: true, AttachStderr: true, ...body });
    assert.equal(answer.status, 201, answer.text);
    return answer.string('Id');
  }

  test('who attaches before the start misses nothing', async () => {
    const id = await created({ command: ['sh', '-c', 'echo out; echo err >&2'] });
    const { status: code, headers, socket } = await hijack(`/containers/${id}/attach`);
    assert.deepEqual([code, headers['content-type']], [101, MULTIPLEXED]);
    await post(`/containers/${id}/start`);
    assert.deepEqual(await framesOf(socket), { stdout: 'out\n', stderr: 'err\n' });
    await discard(id);
  });

  test('streams not named are attached, those refused are not', async () => {
    const id = await created({ command: ['sh', '-c', 'echo out; echo err >&2'] });
    const { socket } = await hijack(`/containers/${id}/attach?stderr=false`);
    await post(`/containers/${id}/start`);
    assert.deepEqual(await framesOf(socket), { stdout: 'out\n' });
    const none = post(`/containers/${id}/attach?stdin=false&stdout=false&stderr=false`);
    assert.equal(await status(none), 400);
    assert.equal(await status(post(`/containers/${id}/attach?stream=false`)), 400, 'neither logs nor stream');
    await discard(id);
  });

  test('input goes in to its end, what was written before comes first', async () => {
    const id = await started({ command: ['sh', '-c', 'echo before; cat'], stdin: true });
    while (!(await get(`/containers/${id}/logs?stdout=true`)).text.includes('before'));
    const { socket } = await hijack(`/containers/${id}/attach?logs=true`);
    socket.end('typed\n');
    assert.deepEqual(await framesOf(socket), { stdout: 'before\ntyped\n' });
    await discard(id);
  });

  test('a terminal is left by its keys, runs on and can be taken up again', async () => {
    const id = await started({ command: ['sh'], terminal: true, stdin: true });
    const first = await hijack(`/containers/${id}/attach?detachKeys=ctrl-a,b`);
    assert.equal(first.headers['content-type'], RAW);
    first.socket.write('\x01b');
    first.socket.resume();
    await once(first.socket, 'end');
    assert.equal(await status(post(`/containers/${id}/resize?h=33&w=77`)), 200);
    const { socket } = await hijack(`/containers/${id}/attach`);
    socket.write('stty size; exit 4\n');
    assert.match((await buffer(socket)).toString(), /33 77/);
    assert.equal((await post(`/containers/${id}/wait`)).text, '4\n');
    assert.equal(await status(post(`/containers/${id}/resize?h=1&w=1`)), 409);
    assert.equal(await status(post(`/containers/${id}/resize?h=1&w=1&running=true`)), 200);
    await discard(id);
  });

  test('a terminal without stdin takes no input', async () => {
    const id = await started({ command: ['sh'], terminal: true });
    const { socket } = await hijack(`/containers/${id}/attach`);
    socket.write('exit 4\n');
    socket.resume();
    assert.equal((await get(`/containers/${id}/json`)).at('State', 'Status'), 'running');
    await post(`/containers/${id}/stop?timeout=0`);
    assert.equal((await post(`/containers/${id}/wait`)).text, '137\n');
    await discard(id);
  });

  test('logs are framed, with a terminal as without', async () => {
    for (const terminal of [false, true]) {
      const id = await started({ command: ['sh', '-c', 'echo one; echo two'], terminal });
      await post(`/containers/${id}/wait`);
      const lines = async (query: string) => {
        const answer = await get(`/containers/${id}/logs?stdout=true&${query}`);
        return String((await framesOf([answer.body])).stdout ?? '').replaceAll('\r', '');
      };
      assert.equal(await lines(''), 'one\ntwo\n');
      assert.equal(await lines('tail=1'), 'two\n');
      assert.equal(
        await lines('since=1h&until=0001-01-01T00:00:00Z'),
        'one\ntwo\n',
        'the time Go’s clients leave unset',
      );
      assert.equal(await lines('until=1h'), '');
      assert.match(await lines('timestamps=true&tail=1'), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z two\n$/);
      await discard(id);
    }
    const id = await created({});
    assert.equal(await status(get(`/containers/${id}/logs`)), 400, 'neither stream');
    await discard(id);
  });

  test('logs are followed to the end', async () => {
    const id = await started({ command: ['sh', '-c', 'echo one; read line; echo $line'], stdin: true });
    const following = get(`/containers/${id}/logs?stdout=true&follow=true`);
    const { socket } = await hijack(`/containers/${id}/attach`);
    socket.end('two\n');
    assert.deepEqual(await framesOf([(await following).body]), { stdout: 'one\ntwo\n' });
    socket.destroy();
    await discard(id);
  });

  test('an exec runs with its streams, and tells how it ended', async () => {
    const id = await started({});
    const exec = await executed(id, { Cmd: ['sh', '-c', 'echo $A; cat >&2; exit 5'], Env: ['A=b'], AttachStdin: true });
    assert.deepEqual((await get(`/containers/${id}/json`)).at('ExecIDs'), [exec]);
    const { headers, socket } = await hijack(`/exec/${exec}/start`, {});
    assert.equal(headers['content-type'], MULTIPLEXED);
    socket.end('in\n');
    assert.deepEqual(await framesOf(socket), { stdout: 'b\n', stderr: 'in\n' });
    const seen = await get(`/exec/${exec}/json`);
    assert.deepEqual([seen.at('Running'), seen.at('ExitCode'), seen.at('CanRemove')], [false, 5, true]);
    assert.equal(await status(post(`/exec/${exec}/start`, {})), 409, 'once');
    assert.equal(await status(post(`/exec/${exec}/remove`, {})), 200);
    assert.equal(await status(get(`/exec/${exec}/json`)), 404);
    await discard(id);
  });

  test('an exec on a terminal has the size its start asks for, and the next', async () => {
    const id = await started({});
    const exec = await executed(id, {
      Cmd: ['sh', '-c', 'stty size; while read x; do stty size; done'],
      Tty: true,
      AttachStdin: true,
    });
    const { headers, socket } = await hijack(`/exec/${exec}/start`, { Tty: true, h: 30, w: 90 });
    assert.equal(headers['content-type'], RAW);
    let shown = '';
    socket.on('data', (bytes: Buffer) => {
      shown += bytes.toString();
    });
    while (!shown.includes('30 90')) await once(socket, 'data');
    assert.equal(await status(post(`/exec/${exec}/resize?h=31&w=91`)), 201);
    // It comes to the terminal by another way than what is typed.
    while (!shown.includes('31 91')) {
      socket.write('\n');
      await once(socket, 'data');
    }
    socket.write('\x04');
    await once(socket, 'end');
    assert.equal(await status(post(`/exec/${exec}/resize?h=1&w=1`)), 409);
    assert.equal(await status(post(`/exec/${exec}/resize?h=1&w=1&running=true`)), 201);
    await discard(id);
  });

  test('a command that cannot be run is words on the stream and a code in inspect', async () => {
    const id = await started({});
    for (const [command, code] of [
      ['nope', 127],
      ['/etc', 126],
    ] as const) {
      const exec = await executed(id, { Cmd: [command] });
      const { socket } = await hijack(`/exec/${exec}/start`, {});
      assert.match((await framesOf(socket)).stderr ?? '', /^Error: .*\n$/);
      assert.equal((await get(`/exec/${exec}/json`)).at('ExitCode'), code);
    }
    await discard(id);
  });

  test('an exec is detached, forgotten only by force while it runs, and only where something runs', async () => {
    const id = await started({});
    const exec = await executed(id, { Cmd: ['sleep', '1000'] });
    const answer = await post(`/exec/${exec}/start`, { Detach: true });
    assert.deepEqual([answer.status, answer.text], [200, '\n']);
    assert.equal((await get(`/exec/${exec}/json`)).at('Running'), true);
    assert.equal(await status(post(`/exec/${exec}/remove`, {})), 409);
    assert.equal(await status(post(`/exec/${exec}/remove`, { Force: true })), 200);
    await post(`/containers/${id}/stop?timeout=0`);
    assert.equal(await status(post(`/containers/${id}/exec`, { Cmd: ['true'] })), 409);
    await discard(id);
  });

  test('top names processes as they are inside, by descriptors or ps', async () => {
    const id = await started({ command: ['sleep', '1000'] });
    await itsOwn(id);
    const answer = await get(`/containers/${id}/top`);
    assert.deepEqual(Object(answer.at('Titles')).at(-1), 'COMMAND');
    assert.deepEqual(Object(answer.at('Processes', 0)).at(-1), 'sleep 1000');
    const chosen = await get(`/containers/${id}/top?ps_args=pid&ps_args=args`);
    assert.deepEqual(chosen.json, { Titles: ['PID', 'COMMAND'], Processes: [['1', 'sleep 1000']] });
    const joined = await service.request('GET', `/v4.3.1/libpod/containers/${id}/top?ps_args=pid,args`);
    assert.deepEqual(joined.json, chosen.json, 'older clients send one argument');
    assert.equal(await status(get(`/containers/${id}/top?stream=true&delay=0`)), 400);
    const abort = new AbortController();
    const { signal } = abort;
    const stream = await service.open('GET', `${BASE}/containers/${id}/top?stream=true&delay=1`, undefined, { signal });
    stream.on('error', () => {});
    let reports = 0;
    while (reports < 2) {
      await once(stream, 'data');
      reports++;
    }
    abort.abort();
    await discard(id);
  });

  test('what containers use is told of one and of several, in the shape of each', async () => {
    const id = await started({ name: 'used' });
    await itsOwn(id);
    const one = await get(`/containers/${id}/stats?stream=false`);
    assert.deepEqual([one.at('Id'), one.at('name')], [id, 'used']);
    assert.ok(Number(one.at('cpu_stats', 'cpu_usage', 'total_usage')) > 0);
    const several = await get('/containers/stats?stream=false&containers=used');
    const [used] = Array.from(Object(several.at('Stats')));
    assert.deepEqual([several.at('Error'), member(used, 'ContainerID'), member(used, 'PIDs')], [null, id, 1]);
    assert.ok(Number(member(used, 'MemUsage')) > 0 && Number(member(used, 'CPUNano')) > 0);
    assert.equal(await status(get(`/containers/${id}/stats?one-shot=true`)), 400);
    assert.equal(await status(get('/containers/stats?containers=nobody')), 404);

    const stopped = await created({ name: 'unused' });
    assert.equal(await status(get(`/containers/${stopped}/stats?stream=false`)), 409);
    const names = async (query: string) => {
      const { json } = await get(`/containers/stats?stream=false&${query}`);
      return Array.from(Object(member(json, 'Stats')), (stats) => member(stats, 'Name'));
    };
    assert.deepEqual(await names(''), ['used']);
    assert.deepEqual((await names('all=true')).sort(), ['unused', 'used']);
    await discard(stopped);
    await discard(id);
  });

  test('a stream of use ends with the container', async () => {
    const id = await started({ name: 'ending' });
    const reports = get(`/containers/stats?containers=${id}&interval=1`);
    await discard(id);
    assert.ok((await reports).lines.length >= 1);
  });
});

/** What came over each stream. */
async function framesOf(source: Duplex | readonly Buffer[]): Promise<{ stdout?: string; stderr?: string }> {
  const found: { stdout?: string; stderr?: string } = {};
  for await (const { stream, data } of readFrames(chunks(source))) {
    if (stream !== 'stdin') found[stream] = `${found[stream] ?? ''}${data}`;
  }
  return found;
}

async function* chunks(source: Duplex | readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* source;
}
