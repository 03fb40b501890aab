/** What no client should send: each is refused in the words of its dialect, and nothing of it stays. */
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type RequestBody, type RequestOptions, request } from '../../../conformance/support/http.ts';
import { type ImageSource, startImageSource } from '../../../conformance/support/images.ts';
import { type Service, startService } from '../../../conformance/support/service.ts';
import {
  type Case,
  dockerCreate,
  IMAGE,
  IMPOSSIBLE_VALUES,
  libpodCreate,
  NUL,
  STRAY_CHARACTERS,
  WRONG_TYPES,
} from './support/bad-creates.ts';

/** A request that is taken where it should be refused may have no end. */
const patient = (): RequestOptions => ({
  headers: { 'content-type': 'application/json' },
  signal: AbortSignal.timeout(20_000),
});
const ABSENT = 'f'.repeat(64);

/** The same request in both dialects. */
function both(what: string, method: string, path: string, status: number, body?: RequestBody): Case[] {
  return [
    [what, method, `/v1.45${path}`, body, status],
    [what, method, `/v5.4.0/libpod${path}`, body, status],
  ];
}

const raw = (text: string) => Buffer.from(text);

const MALFORMED = [
  '{',
  '{"Image":"busybox"',
  '[]',
  '"busybox"',
  'null,',
  '{"Image":"busybox"}{"Image":"busybox"}',
  '\u0000',
  '{"Image":busybox}',
  "{'Image':'busybox'}",
  '['.repeat(100_000),
  `{"Image":${'{"a":'.repeat(50_000)}`,
];

suite('bad input', { timeout: 300_000 }, () => {
  let images: ImageSource;
  let service: Service;
  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
    const { status, text } = await service.request('POST', '/images/create?fromImage=busybox&tag=latest');
    assert.equal(status, 200, text);
  });
  after(async () => {
    await service[Symbol.asyncDispose]();
    await images[Symbol.asyncDispose]();
  });

  /** Sends every case, a few at once, and returns those answered otherwise than they should be. */
  async function refused(cases: readonly Case[]): Promise<void> {
    const surprises: string[] = [];
    const ask = async ([what, method, path, body, status]: Case) => {
      const answer = await service.request(method, path, body, patient()).catch((error: unknown) => String(error));
      const where = `${what}: ${method} ${path.slice(0, 100)}`;
      if (typeof answer === 'string') surprises.push(`${where}: ${answer.slice(0, 300)}`);
      else if (answer.status !== status) {
        surprises.push(`${where}: ${answer.status} ${answer.text.slice(0, 200)}, wanted ${status}`);
      }
    };
    for (let at = 0; at < cases.length; at += 8) await Promise.all(cases.slice(at, at + 8).map(ask));
    assert.deepEqual(surprises, []);
    await assertNothingLeft();
  }

  async function assertNothingLeft(): Promise<void> {
    assert.deepEqual((await service.request('GET', '/containers/json?all=1')).json, []);
    assert.deepEqual((await service.request('GET', '/volumes')).at('Volumes'), []);
    assert.deepEqual(readdirSync(join(service.root, 'containers')), []);
    assert.deepEqual(
      service.log.split('\n').filter((line) => line.includes('"level":"error"')),
      [],
    );
  }

  test('a body that is no JSON, or not the JSON it should be', () =>
    refused(
      ['/v1.45/containers/create', '/v5.4.0/libpod/containers/create', '/v1.45/networks/create'].flatMap((path) =>
        MALFORMED.map((text): Case => [`body ${text.slice(0, 30)}`, 'POST', path, raw(text), 400]),
      ),
    ));

  test('members of the wrong type, at any depth', () => refused(WRONG_TYPES));

  test('values no container can have', () => refused(IMPOSSIBLE_VALUES));

  test('NULs and line breaks where the kernel or a file has no place for them', () => refused(STRAY_CHARACTERS));

  test('names that are none', () =>
    refused(
      ['a/b', '../up', '-a', '.a', 'a b', 'ä', 'a\nb', NUL, 'a'.repeat(300), '🙂', 'a;b', "a'b"].flatMap(
        (name): Case[] => [
          [
            `name ${name.slice(0, 20)}`,
            'POST',
            `/containers/create?name=${encodeURIComponent(name)}`,
            { Image: IMAGE },
            400,
          ],
          libpodCreate(`name ${name.slice(0, 20)}`, { name }, 400),
          [`volume ${name.slice(0, 20)}`, 'POST', '/volumes/create', { Name: name }, 400],
          [`volume ${name.slice(0, 20)}`, 'POST', '/libpod/volumes/create', { Name: name }, 400],
          [`network ${name.slice(0, 20)}`, 'POST', '/networks/create', { Name: name }, 400],
          [`network ${name.slice(0, 20)}`, 'POST', '/libpod/networks/create', { name }, 400],
        ],
      ),
    ));

  test('things that are not there', () =>
    refused([
      ...both('inspect', 'GET', `/containers/${ABSENT}/json`, 404),
      ...[
        'start',
        'stop',
        'restart',
        'kill',
        'pause',
        'unpause',
        'wait',
        'attach?stream=1&stdout=1',
        'resize?h=1&w=1',
      ].flatMap((verb) => both(verb, 'POST', `/containers/absent/${verb}`, 404)),
      ...both('rename', 'POST', '/containers/absent/rename?name=other', 404),
      ...both('logs', 'GET', '/containers/absent/logs?stdout=1', 404),
      ...both('top', 'GET', '/containers/absent/top', 404),
      ...both('changes', 'GET', '/containers/absent/changes', 404),
      ...both('export', 'GET', '/containers/absent/export', 404),
      ...both('remove', 'DELETE', '/containers/absent', 404),
      ...both('exec', 'POST', '/containers/absent/exec', 404, { Cmd: ['true'] }),
      ...both('exec start', 'POST', `/exec/${ABSENT}/start`, 404, { Detach: true }),
      ...both('exec inspect', 'GET', `/exec/${ABSENT}/json`, 404),
      ...both('exec resize', 'POST', `/exec/${ABSENT}/resize?h=1&w=1`, 404),
      ...both('image', 'GET', '/images/absent/json', 404),
      ...both('image history', 'GET', '/images/absent/history', 404),
      ...both('image removal', 'DELETE', '/images/absent', 404),
      ...both('image tag', 'POST', '/images/absent/tag?repo=x&tag=y', 404),
      ['network', 'GET', '/networks/absent', undefined, 404],
      ['network', 'GET', '/libpod/networks/absent/json', undefined, 404],
      ...both('network removal', 'DELETE', '/networks/absent', 404),
      ...both('network connect', 'POST', '/networks/absent/connect', 404, { Container: 'absent', container: 'absent' }),
      ['volume', 'GET', '/volumes/absent', undefined, 404],
      ['volume', 'GET', '/libpod/volumes/absent/json', undefined, 404],
      ...both('volume removal', 'DELETE', '/volumes/absent', 404),
      ['stats', 'GET', '/containers/absent/stats?stream=0', undefined, 404],
      ['stats', 'GET', '/libpod/containers/stats?containers=absent&stream=0', undefined, 404],
    ]));

  test('filters that are unknown, or no filters', () => {
    const lists = [
      '/containers/json',
      '/images/json',
      '/events',
      '/libpod/containers/json',
      '/libpod/images/json',
      '/libpod/events',
      '/networks',
      '/libpod/networks/json',
      '/volumes',
      '/libpod/volumes/json',
    ];
    const prunes = [
      '/containers/prune',
      '/images/prune',
      '/networks/prune',
      '/volumes/prune',
      '/libpod/containers/prune',
      '/libpod/images/prune',
      '/libpod/networks/prune',
      '/libpod/volumes/prune',
    ];
    const bad = [
      '{"nonsense":["x"]}',
      '{',
      '[]',
      '5',
      '"x"',
      '{"label":5}',
      '{"label":{"a":5}}',
      '{"label":[5]}',
      '%00',
      '{"until":["yesterday-ish"]}',
      '{"status":["flying"],"nonsense":["x"]}',
    ];
    return refused(
      [...lists.map((path) => ['GET', path]), ...prunes.map((path) => ['POST', path])].flatMap(([method = '', path]) =>
        bad.map(
          (filters): Case => [
            `filters ${filters}`,
            method,
            `${path}?filters=${encodeURIComponent(filters)}`,
            undefined,
            400,
          ],
        ),
      ),
    );
  });

  test('query parameters that are none', () =>
    refused([
      ...both('limit', 'GET', '/containers/json?limit=many', 400),
      ['all', 'GET', '/libpod/containers/json?all=perhaps', undefined, 400],
      ['since', 'GET', '/events?since=yesterday-ish&until=1', undefined, 400],
      ['since', 'GET', '/libpod/events?since=yesterday-ish&until=1&stream=false', undefined, 400],
      ['pull of nothing', 'POST', '/images/create', undefined, 400],
      ['pull of no reference', 'POST', '/images/create?fromImage=Bad%20Image', undefined, 400],
      ['pull of no reference', 'POST', '/libpod/images/pull?reference=Bad%20Image', undefined, 400],
    ]));

  test('versions that are not spoken, paths and methods that are not there', () =>
    refused([
      ['too old', 'GET', '/v1.0/containers/json', undefined, 400],
      ['too new', 'GET', '/v1.999/containers/json', undefined, 400],
      ['too old', 'GET', '/v1.0.0/libpod/containers/json', undefined, 400],
      ['too new', 'GET', '/v99.0.0/libpod/containers/json', undefined, 400],
      ['no version', 'GET', '/vx/containers/json', undefined, 404],
      ...both('no such path', 'GET', '/nonsense', 404),
      ...both('no such method', 'PATCH', '/containers/json', 405),
      ...both('no such method', 'DELETE', '/version', 405),
      ['climbing path', 'GET', '/v1.45/containers/../../etc/passwd', undefined, 404],
      ['climbing name', 'GET', '/v1.45/containers/..%2f..%2fetc/json', undefined, 404],
      ['climbing name', 'GET', '/v5.4.0/libpod/containers/..%2f..%2fetc/json', undefined, 404],
      ['NUL in a name', 'GET', '/v1.45/containers/%00/json', undefined, 404],
      ['broken escape', 'GET', '/v1.45/containers/%zz/json', undefined, 400],
      ['broken escape', 'GET', '/v5.4.0/libpod/containers/%e4/json', undefined, 400],
      ['encoded path', 'GET', '/v1.45/%63ontainers/absent/json', undefined, 404],
      ['climbing image', 'GET', '/v1.45/images/..%2f..%2fetc%2fpasswd/json', undefined, 400],
      ['climbing volume', 'DELETE', '/v1.45/volumes/..%2f..%2fcontainers', undefined, 404],
      ['climbing volume', 'DELETE', '/v5.4.0/libpod/volumes/..%2f..%2fcontainers', undefined, 404],
      ['climbing network', 'DELETE', '/v1.45/networks/..%2fbridge', undefined, 404],
      ['climbing exec', 'POST', '/v1.45/exec/..%2f..%2fx/start', {}, 404],
    ]));

  test('one name is given once, however many ask for it at a time', async () => {
    const create = (n: number) =>
      n % 2
        ? service.request('POST', '/v1.45/containers/create?name=only', { Image: IMAGE, Cmd: ['true'] })
        : service.request('POST', '/v5.4.0/libpod/containers/create', {
            image: IMAGE,
            command: ['true'],
            name: 'only',
          });
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => create(n)));
    const statuses = answers.map(({ status }) => status).sort();
    assert.deepEqual(statuses, [201, ...Array.from({ length: 49 }, () => 409)]);
    assert.equal(readdirSync(join(service.root, 'containers')).length, 1);
    for (const path of ['/networks/create', '/volumes/create']) {
      const made = await Promise.all(Array.from({ length: 20 }, () => service.request('POST', path, { Name: 'only' })));
      assert.equal(new Set(made.map(({ text }) => text)).size, path === '/volumes/create' ? 1 : 20 - 18, path);
    }
    for (const path of ['/containers/only', '/networks/only', '/volumes/only']) {
      assert.equal((await service.request('DELETE', path)).status, 204, path);
    }
    await assertNothingLeft();
  });

  test('what a container cannot do in its state', async () => {
    const body = { Image: IMAGE, Cmd: ['sleep', '1000'], HostConfig: { NetworkMode: 'none' } };
    const { status, text } = await service.request('POST', '/containers/create?name=one', body);
    assert.equal(status, 201, text);
    const steps = async (rows: readonly (readonly [method: string, path: string, status: number, body?: object])[]) => {
      for (const [method, path, wanted, sent] of rows) {
        for (const prefix of ['/v1.45', '/v5.4.0/libpod']) {
          const answer = await service.request(method, prefix + path, sent, patient());
          assert.equal(answer.status, wanted, `${method} ${prefix}${path}: ${answer.text}`);
        }
      }
    };
    const must = async (method: string, path: string) => {
      const answer = await service.request(method, path);
      assert.ok(answer.status < 300, `${method} ${path}: ${answer.status} ${answer.text}`);
    };
    await steps([
      ['POST', '/containers/one/stop', 304],
      ['POST', '/containers/one/kill', 409],
      ['POST', '/containers/one/pause', 409],
      ['POST', '/containers/one/unpause', 409],
      ['POST', '/containers/one/exec', 409, { Cmd: ['true'] }],
      ['POST', '/containers/one/resize?h=10&w=10', 409],
    ]);
    await must('POST', '/containers/one/start');
    await steps([
      ['POST', '/containers/one/start', 304],
      ['POST', '/containers/one/unpause', 409],
      ['POST', '/containers/one/kill?signal=NOPE', 400],
      ['POST', '/containers/one/stop?t=soon&timeout=soon', 400],
      ['POST', '/containers/one/stop?t=1.5&timeout=1.5', 400],
      ['POST', '/containers/one/restart?t=soon&timeout=soon', 400],
      ['POST', '/containers/one/kill?signal=0', 400],
      ['POST', '/containers/one/kill?signal=65', 400],
      ['POST', '/containers/one/kill?signal=-9', 400],
      ['POST', '/containers/one/rename?name=..', 400],
      ['POST', '/containers/one/rename', 400],
      ['POST', '/containers/one/rename?name=one', 400],
      ['POST', '/containers/one/wait?condition=never', 400],
      ['POST', '/containers/one/resize?h=tall&w=10', 400],
      ['POST', '/containers/one/exec', 400, {}],
      ['POST', '/containers/one/exec', 400, { Cmd: ['true'], Env: ['=x'] }],
      ['POST', '/containers/one/exec', 400, { Cmd: [NUL] }],
      ['POST', '/containers/one/exec', 400, { Cmd: ['true'], WorkingDir: `/${NUL}` }],
      ['POST', '/containers/one/exec', 400, { Cmd: ['true'], User: NUL }],
      ['GET', '/containers/one/logs?stdout=1&tail=some', 400],
      ['GET', '/containers/one/logs?stdout=1&since=yesterday-ish', 400],
      ['GET', '/containers/one/logs', 400],
      ['GET', '/containers/one/top?ps_args=%00', 400],
      ['POST', '/containers/one/attach?stream=0&logs=0', 400],
      ['POST', '/containers/one/attach?stream=1&stdout=1&detachKeys=ctrl-nope', 400],
    ]);
    await steps([['DELETE', '/containers/one', 409]]);
    await must('POST', '/containers/one/pause');
    await steps([
      ['POST', '/containers/one/pause', 409],
      ['POST', '/containers/one/start', 409],
      ['POST', '/containers/one/exec', 409, { Cmd: ['true'] }],
      ['DELETE', '/containers/one', 409],
    ]);
    await must('POST', '/containers/one/unpause');
    await must('POST', '/containers/one/stop?t=0');
    await steps([
      ['POST', '/containers/one/stop', 304],
      ['POST', '/containers/one/kill', 409],
    ]);
    await must('DELETE', '/containers/one');
    await steps([['DELETE', '/containers/one', 404]]);
    await assertNothingLeft();
  });

  test('much of everything is no reason to fail: it is taken, or refused', async () => {
    const many = (text: string) => Array.from({ length: 10_000 }, (_, n) => `${text}${n}`);
    const taken = async (body: object) => {
      const created = await service.request('POST', '/containers/create', { Image: IMAGE, Cmd: ['true'], ...body });
      assert.equal(created.status, 201, created.text);
      const id = created.string('Id');
      assert.equal((await service.request('GET', `/containers/${id}/json`)).status, 200);
      assert.equal((await service.request('GET', `/libpod/containers/${id}/json`)).status, 200);
      assert.equal((await service.request('DELETE', `/containers/${id}?v=1`)).status, 204);
    };
    await taken({ Env: many('A=').map((entry, n) => entry.replace('=', `${n}=`)) });
    await taken({ Labels: Object.fromEntries(many('label\n\0ü🙂').map((key) => [key, key])) });
    await taken({ HostConfig: { ExtraHosts: many('h').map((name) => `${name}:10.0.0.1`) } });
    await taken({ Cmd: ['echo', ...many('🙂\n')] });
    await refused([
      dockerCreate('a huge body', { Labels: { big: 'x'.repeat(17 * 1024 * 1024) } }, 413),
      libpodCreate('a huge body', { labels: { big: 'x'.repeat(17 * 1024 * 1024) } }, 413),
      dockerCreate('ten thousand capabilities', { HostConfig: { CapAdd: many('CAP') } }, 400),
      libpodCreate('ten thousand capabilities', { cap_add: many('CAP') }, 400),
      dockerCreate(
        'ten thousand devices',
        { HostConfig: { Devices: many('/dev/x').map((path) => ({ PathOnHost: path })) } },
        400,
      ),
    ]);
  });

  test('a body of another type, or none', async () => {
    const body = Buffer.from(JSON.stringify({ Image: IMAGE }));
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/x-tar', 'json']) {
      const answer = await service.request('POST', '/containers/create', body, { headers: { 'content-type': type } });
      assert.equal(answer.status, 400, type);
    }
    for (const path of [
      '/containers/create',
      '/libpod/containers/create',
      '/networks/create',
      '/libpod/networks/create',
    ]) {
      const answer = await service.request('POST', path);
      assert.equal(answer.status, 400, `${path}: ${answer.text}`);
    }
    await assertNothingLeft();
  });

  test('HEAD is answered without a body, OPTIONS without doing anything', async () => {
    for (const path of [
      '/containers/json',
      '/libpod/containers/json',
      '/_ping',
      '/containers/absent/json',
      '/nonsense',
    ]) {
      const [head, get] = [await request(service.socket, 'HEAD', path), await service.request('GET', path)];
      assert.equal(head.status, get.status, path);
      assert.equal(head.body.length, 0, path);
    }
    for (const path of ['/containers/create', '/libpod/containers/prune', '/images/prune', '/nonsense']) {
      const { status, body } = await request(service.socket, 'OPTIONS', path);
      assert.deepEqual([status, body.length], [204, 0], path);
    }
  });
});
