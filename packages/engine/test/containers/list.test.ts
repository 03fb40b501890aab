import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SelkieError } from '@selkie/contract';
import type { ImageSource, RunnableImage } from '../../src/containers/context.ts';
import { type ListOptions, list } from '../../src/containers/list.ts';
import { container, fakeContext, only, running } from '../support/containers.ts';
import { definition, resolved } from '../support/spec.ts';

const web = container({
  name: 'web',
  definition: definition({
    restart: { policy: 'always' },
    network: {
      mode: { kind: 'bridge' },
      ports: [{ protocol: 'tcp', containerPort: 80, hostPort: 8080, range: 3 }],
    },
    mounts: [{ type: 'bind', source: '/srv', target: '/data', readOnly: false, options: [], createSource: false }],
  }),
  process: resolved({ args: ['/usr/sbin/httpd', '-f'], labels: { app: 'web', tier: '1' }, exposed: ['53/udp'] }),
  image: { id: `sha256:${'a'.repeat(64)}`, name: 'web:1', digest: '', chainIds: ['base', 'web'] },
  endpoints: [
    {
      networkId: 'f00d'.padEnd(64, '0'),
      networkName: 'front',
      interfaceName: 'eth0',
      aliases: [],
      requested: {},
      driverOptions: {},
    },
  ],
  state: { ...running(), health: { startedAt: '', status: 'healthy', failingStreak: 0, log: [] } },
});
const paused = container({ name: 'paused', state: { ...running(), status: 'paused' } });
const failed = container({
  name: 'failed',
  state: { status: 'exited', exitCode: 3, stoppedByUser: true },
  definition: definition({ restart: { policy: 'unless-stopped' }, network: { mode: { kind: 'host' } } }),
  volumes: [{ name: 'vol', path: '/v', target: '/vol', anonymous: false, readOnly: false, options: [], noCopy: false }],
  image: { id: `sha256:${'b'.repeat(64)}`, name: 'gone', digest: '', chainIds: ['gone'] },
});
const fresh = container({ name: 'fresh' });
const back = container({ name: 'back', state: { status: 'exited', exitCode: 0 } });

const image = (id: string, chainIds: string[]): RunnableImage => ({
  id,
  digest: '',
  chainIds,
  os: 'linux',
  architecture: 'amd64',
  config: { env: [], entrypoint: [], command: [], workdir: '', user: '', labels: {}, exposed: [], volumes: [] },
});
const images = only<ImageSource>('images', {
  runnable: (name) => {
    if (name === 'base') return image('sha256:base', ['base']);
    if (name === 'web') return image(`sha256:${'a'.repeat(64)}`, ['base', 'web']);
    if (name === 'empty') return image('sha256:empty', []);
    throw new SelkieError('NO_SUCH_IMAGE', { name });
  },
});

function names(options: ListOptions): string[] {
  const ctx = fakeContext([web, paused, failed, fresh, back], { images });
  const timer = setTimeout(() => {}, 0);
  clearTimeout(timer);
  ctx.pendingRestarts.set(back.id, timer);
  return list(ctx, options).map(({ name }) => name);
}

const filtered = (key: string, ...values: string[]) => names({ all: true, filters: { [key]: values } });

test('newest first, and only what is up', () => {
  assert.deepEqual(names({}), ['back', 'paused', 'web']);
  assert.deepEqual(names({ all: true }), ['back', 'fresh', 'failed', 'paused', 'web']);
});

test('a limit counts what passed the filters, and implies all', () => {
  assert.deepEqual(names({ limit: 2 }), ['back', 'fresh']);
  assert.deepEqual(names({ limit: 1, filters: { name: ['^w'] } }), ['web']);
  assert.deepEqual(names({ limit: -1 }), ['back', 'paused', 'web']);
});

test('a filter by state implies all', () => {
  assert.deepEqual(names({ filters: { status: ['created'] } }), ['fresh']);
  assert.deepEqual(names({ filters: { exited: ['3'] } }), ['failed']);
  assert.deepEqual(names({ filters: { status: [] } }), ['back', 'paused', 'web']);
});

test('state words of both dialects', () => {
  assert.deepEqual(filtered('status', 'running'), ['web']);
  assert.deepEqual(filtered('status', 'paused', 'configured'), ['fresh', 'paused']);
  assert.deepEqual(filtered('status', 'exited'), ['failed']);
  assert.deepEqual(filtered('status', 'stopped'), ['back', 'failed']);
  assert.deepEqual(filtered('status', 'restarting'), ['back']);
  assert.deepEqual(filtered('status', 'unknown'), []);
});

test('by name and ID', () => {
  assert.deepEqual(filtered('name', 'web', 'fail'), ['failed', 'web']);
  assert.deepEqual(filtered('name', '^/web$'), ['web']);
  assert.deepEqual(filtered('id', web.id.slice(0, 6)), ['web']);
  assert.deepEqual(filtered('id', web.id.slice(1, 9)), []);
  assert.deepEqual(filtered('id', `${web.id.slice(2, 6)}.*e$`), ['web']);
});

test('by label: all of them', () => {
  assert.deepEqual(filtered('label', 'app=web', 'tier'), ['web']);
  assert.deepEqual(filtered('label', 'app=web', 'none'), []);
  assert.deepEqual(filtered('label!', 'app'), ['back', 'fresh', 'failed', 'paused']);
});

test('by image, and by what the image stands on', () => {
  assert.deepEqual(filtered('ancestor', 'web'), ['web']);
  assert.deepEqual(filtered('ancestor', 'base'), ['web']);
  assert.deepEqual(filtered('ancestor', 'empty'), []);
  assert.deepEqual(filtered('ancestor', 'gone'), ['failed']);
  assert.deepEqual(filtered('ancestor', 'b'.repeat(12)), ['failed']);
  assert.deepEqual(filtered('ancestor', 'nothing'), []);
});

test('by age', () => {
  assert.deepEqual(filtered('before', 'failed'), ['paused', 'web']);
  assert.deepEqual(filtered('since', 'failed'), ['back', 'fresh']);
  assert.deepEqual(filtered('until', fresh.created), ['failed', 'paused', 'web']);
  assert.throws(() => filtered('before', 'nobody'), { code: 'NO_SUCH_CONTAINER' });
});

test('by volume and mount', () => {
  assert.deepEqual(filtered('volume', 'vol'), ['failed']);
  assert.deepEqual(filtered('volume', '/data'), ['web']);
  assert.deepEqual(filtered('volume', '/srv:/data'), ['web']);
  assert.deepEqual(filtered('volume', '/srv:/other'), []);
});

test('by network', () => {
  assert.deepEqual(filtered('network', 'front'), ['web']);
  assert.deepEqual(filtered('network', 'f00d0'), ['web']);
  assert.deepEqual(filtered('network', 'host'), ['failed']);
  assert.deepEqual(filtered('network', 'fron'), []);
});

test('by port', () => {
  assert.deepEqual(filtered('publish', '8082'), ['web']);
  assert.deepEqual(filtered('publish', '8083-9000'), []);
  assert.deepEqual(filtered('publish', '8000-8080/tcp'), ['web']);
  assert.deepEqual(filtered('publish', '8080/udp'), []);
  assert.deepEqual(filtered('expose', '82', '1'), ['web']);
  assert.deepEqual(filtered('expose', '53/udp'), ['web']);
});

test('by health, policy, command and the rest', () => {
  assert.deepEqual(filtered('health', 'healthy'), ['web']);
  assert.deepEqual(filtered('health', 'none'), ['back', 'fresh', 'failed', 'paused']);
  assert.deepEqual(filtered('restart-policy', 'always'), ['web']);
  assert.deepEqual(filtered('should-start-on-boot', 'true'), ['web']);
  assert.deepEqual(filtered('command', 'httpd'), ['web']);
  assert.deepEqual(filtered('command', '-f'), []);
  assert.deepEqual(filtered('is-task', 'true'), []);
  assert.equal(filtered('is-task', 'false').length, 5);
  assert.deepEqual(filtered('pod', 'any'), []);
});

const refused: [key: string, value: string, message: string][] = [
  ['status', 'foo', "invalid filter 'status=foo'"],
  ['exited', 'x', 'invalid filter \'exited=x\': strconv.Atoi: parsing "x": invalid syntax'],
  ['health', 'foo', 'unrecognized filter value for health: foo'],
  ['publish', 'x', 'error while looking up for publish x: strconv.ParseUint: parsing "x": invalid syntax'],
  ['publish', '90-80', 'error while looking up for publish 90-80: Invalid range specified for the Port: 90-80'],
  [
    'expose',
    '99999',
    'error while looking up for expose 99999: strconv.ParseUint: parsing "99999": value out of range',
  ],
  ['restart-policy', 'foo', 'foo invalid restart policy'],
  ['until', 'foo', 'failed to parse value as time or duration: "foo"'],
];
for (const [key, value, message] of refused) {
  test(`${key}=${value} is refused, with nothing to list too`, () => {
    assert.throws(() => list(fakeContext(), { filters: { [key]: [value] } }), { code: 'INVALID_PARAMETER', message });
  });
}

test('an unknown filter is refused', () => {
  assert.throws(() => names({ filters: { bogus: ['x'] } }), { code: 'INVALID_FILTER' });
});
