import assert from 'node:assert/strict';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import type { RegistryCredentials } from '../../../src/ports/registry.ts';
import { image, layer } from '../../support/fixture-images.ts';
import { type HostileRegistry, hostileRegistry } from '../../support/hostile-registry.ts';
import { type Bench, bench } from '../../support/images.ts';

interface Scene extends AsyncDisposable {
  readonly engine: Bench;
  readonly name: string;
  /** What the token server was asked: method, query, Authorization, body. */
  readonly asked: { method: string; query: URLSearchParams; authorization: string | undefined; body: string }[];
  /** What the token server answers. */
  answer: (n: number) => { status: number; body: unknown };
  readonly tokens: HostileRegistry;
  accepts: (authorization: string | undefined) => boolean;
}

async function scene(): Promise<Scene> {
  const registry = await hostileRegistry();
  const tokens = await hostileRegistry();
  const engine = bench();
  registry.serve('team/app', 'v1', image({ layers: [await layer({ a: '1' }), await layer({ b: '2' })] }));
  const scene: Scene = {
    engine,
    tokens,
    name: `${registry.host}/team/app:v1`,
    asked: [],
    answer: () => ({ status: 200, body: { token: 'good' } }),
    accepts: (authorization) => authorization === 'Bearer good',
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]();
      await registry[Symbol.asyncDispose]();
      await tokens[Symbol.asyncDispose]();
    },
  };
  registry.intercept = (request, response) => {
    if (scene.accepts(request.headers.authorization)) return false;
    const challenge = `Bearer realm="${tokens.origin}/token",service="reg",scope="repository:team/app:pull"`;
    response.writeHead(401, { 'www-authenticate': challenge }).end();
    return true;
  };
  tokens.intercept = (request, response) => {
    void serveToken(scene, request, response);
    return true;
  };
  return scene;
}

async function serveToken(scene: Scene, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { searchParams: query } = new URL(request.url ?? '', scene.tokens.origin);
  const { authorization } = request.headers;
  scene.asked.push({ method: request.method ?? '', query, authorization, body: await text(request) });
  const { status, body } = scene.answer(scene.asked.length);
  response.writeHead(status).end(JSON.stringify(body));
}

const credentials: RegistryCredentials = { username: 'u', password: 'p' };

test('an anonymous token is fetched once and used for everything', async () => {
  await using s = await scene();
  await s.engine.pull(s.name);
  assert.equal(s.asked.length, 1);
  assert.equal(s.asked[0]?.authorization, undefined);
  assert.equal(s.asked[0]?.query.get('service'), 'reg');
  assert.equal(s.asked[0]?.query.get('scope'), 'repository:team/app:pull');
});

test('a password goes to the token server only', async () => {
  await using s = await scene();
  await s.engine.pull(s.name, { credentials });
  assert.equal(s.asked[0]?.authorization, 'Basic dTpw');
  assert.equal(s.asked[0]?.query.get('account'), 'u');
});

test('an identity token is refreshed by POST', async () => {
  await using s = await scene();
  s.answer = () => ({ status: 200, body: { access_token: 'good' } });
  await s.engine.pull(s.name, { credentials: { identityToken: 'refresh me' } });
  const form = new URLSearchParams(s.asked[0]?.body);
  assert.equal(s.asked[0]?.method, 'POST');
  assert.equal(form.get('grant_type'), 'refresh_token');
  assert.equal(form.get('refresh_token'), 'refresh me');
  assert.equal(form.get('scope'), 'repository:team/app:pull');
});

test('a registry token is used as it is', async () => {
  await using s = await scene();
  await s.engine.pull(s.name, { credentials: { registryToken: 'good' } });
  assert.equal(s.asked.length, 0);
});

test('a token of one user is not used for another', async () => {
  await using s = await scene();
  await s.engine.pull(s.name, { credentials });
  await s.engine.pull(s.name, { credentials: { username: 'v', password: 'p' } });
  await s.engine.pull(s.name);
  assert.deepEqual(
    s.asked.map(({ authorization }) => authorization),
    ['Basic dTpw', 'Basic djpw', undefined],
  );
});

test('a token the registry has revoked is replaced', async () => {
  await using s = await scene();
  await s.engine.pull(s.name);
  s.accepts = (authorization) => authorization === 'Bearer better';
  s.answer = () => ({ status: 200, body: { token: 'better' } });
  await s.engine.pull(s.name);
  assert.equal(s.asked.length, 2);
});

test('a token past its lifetime is not used', async (t) => {
  await using s = await scene();
  s.answer = () => ({ status: 200, body: { token: 'good', expires_in: 300 } });
  await s.engine.pull(s.name);
  const real = Date.now;
  t.mock.method(Date, 'now', () => real() + 295_000);
  await s.engine.pull(s.name);
  assert.equal(s.asked.length, 2);
});

test('wrong credentials', async () => {
  await using s = await scene();
  s.answer = () => ({ status: 401, body: { details: 'incorrect username or password' } });
  await assert.rejects(s.engine.pull(s.name, { credentials }), { code: 'REGISTRY_UNAUTHORIZED' });
  await assert.rejects(s.engine.pull(s.name), { code: 'PULL_DENIED' });
  assert.equal(s.engine.images.count, 0);
});

test('a token server that fails for a moment is asked again, one that talks nonsense is not believed', async () => {
  await using s = await scene();
  s.answer = (n) => (n === 1 ? { status: 502, body: {} } : { status: 200, body: { token: 'good' } });
  await s.engine.pull(s.name);
  assert.equal(s.asked.length, 2);
  s.accepts = () => false;
  for (const body of [{}, { token: 7 }, { token: 'a\r\nX: y' }, 'text']) {
    s.answer = () => ({ status: 200, body });
    await assert.rejects(s.engine.pull(s.name), { code: 'REGISTRY', message: /gave no token/ });
  }
});

test('a token server that cannot be one is refused', async () => {
  await using s = await scene();
  for (const realm of ['', 'file:///etc/passwd', 'nonsense']) {
    const registry = await hostileRegistry();
    registry.intercept = (_request, response) => {
      response.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}"` }).end();
      return true;
    };
    await assert.rejects(s.engine.pull(`${registry.host}/a`), { code: 'REGISTRY', message: /is not acceptable/ });
    await registry[Symbol.asyncDispose]();
  }
});

test('login tells good credentials from bad ones', async () => {
  const registry = await hostileRegistry();
  await using _ = registry;
  await using engine = bench();
  registry.intercept = (request, response) => {
    if (request.headers.authorization === 'Basic dTpw') return false;
    response.writeHead(401, { 'www-authenticate': 'Basic realm="r"' }).end();
    return true;
  };
  const { signal } = new AbortController();
  await engine.registry.login(registry.host, credentials, signal);
  const wrong = { username: 'u', password: 'q' };
  await assert.rejects(engine.registry.login(registry.host, wrong, signal), { code: 'REGISTRY_UNAUTHORIZED' });
});
