import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { type FixtureImage, image, index, layer } from '../support/fixture-images.ts';
import { type HostileRegistry, hostileRegistry, sendBlob } from '../support/hostile-registry.ts';
import { type Bench, bench } from '../support/images.ts';

async function scene(): Promise<{ registry: HostileRegistry; engine: Bench; served: FixtureImage; name: string }> {
  const registry = await hostileRegistry();
  const engine = bench();
  const served = image({ layers: [await layer({ random: randomBytes(300_000) }), await layer({ second: '2' })] });
  registry.serve('app', 'v1', served);
  return { registry, engine, served, name: `${registry.host}/app:v1` };
}

/** Nothing of a failed pull is to be seen. */
function assertNothingVisible(engine: Bench): void {
  assert.equal(engine.images.count, 0);
  assert.deepEqual(engine.events, []);
  assert.deepEqual(engine.state.collection('images').entries(), []);
}

function blobsIn(engine: Bench): string[] {
  return readdirSync(join(engine.root, 'content', 'blobs', 'sha256')).map((hex) => `sha256:${hex}`);
}

const isFor = (request: IncomingMessage, digest: string) => request.url?.endsWith(`/blobs/${digest}`) === true;

function withLayer(served: FixtureImage, i: number): { digest: string; blob: Buffer } {
  const found = served.layers[i];
  if (found === undefined) throw new Error('no such layer');
  return found;
}

test('a layer that is not what its digest says', async () => {
  const { registry, engine, served, name } = await scene();
  await using _ = registry;
  await using __ = engine;
  const { digest, blob } = withLayer(served, 0);
  registry.intercept = (request, response) => {
    if (!isFor(request, digest)) return false;
    response.end(Buffer.alloc(blob.length));
    return true;
  };
  await assert.rejects(engine.pull(name), { code: 'DIGEST_MISMATCH' });
  assertNothingVisible(engine);
  assert.ok(!blobsIn(engine).includes(digest));
  registry.intercept = () => false;
  assert.equal((await engine.pull(name)).image.id, served.configDigest);
});

test('a config that is not what its digest says', async () => {
  const { registry, engine, served, name } = await scene();
  await using _ = registry;
  await using __ = engine;
  registry.intercept = (request, response) => {
    if (!isFor(request, served.configDigest)) return false;
    response.end(served.config.toString().replace('amd64', 'arm64'));
    return true;
  };
  await assert.rejects(engine.pull(name), { code: 'DIGEST_MISMATCH' });
  assertNothingVisible(engine);
});

test('a manifest that is not what the index says', async () => {
  const { registry, engine, served } = await scene();
  await using _ = registry;
  await using __ = engine;
  registry.serve('app', 'multi', index([served]));
  registry.intercept = (request, response) => {
    if (request.url !== `/v2/app/manifests/${served.digest}`) return false;
    response.end(`${served.manifest} `);
    return true;
  };
  await assert.rejects(engine.pull(`${registry.host}/app:multi`), { code: 'DIGEST_MISMATCH' });
  assertNothingVisible(engine);
});

test('a tag whose Docker-Content-Digest does not fit its manifest', async () => {
  const { registry, engine, served, name } = await scene();
  await using _ = registry;
  await using __ = engine;
  registry.intercept = (request, response) => {
    if (request.url !== '/v2/app/manifests/v1') return false;
    response.setHeader('docker-content-digest', withLayer(served, 0).digest);
    response.end(served.manifest);
    return true;
  };
  await assert.rejects(engine.pull(name), { code: 'DIGEST_MISMATCH' });
  assertNothingVisible(engine);
});

test('a body longer than the descriptor says is cut off and refused', async () => {
  const { registry, engine, served, name } = await scene();
  await using _ = registry;
  await using __ = engine;
  const { digest, blob } = withLayer(served, 1);
  registry.intercept = (request, response) => {
    if (!isFor(request, digest)) return false;
    response.write(blob);
    const endless = setInterval(() => response.write(Buffer.alloc(10_000)), 5);
    response.on('close', () => clearInterval(endless));
    return true;
  };
  await assert.rejects(engine.pull(name), { code: 'REGISTRY', message: /is longer than its \d+ bytes/ });
  assertNothingVisible(engine);
});

test('a transfer that breaks off goes on where it ended', async () => {
  const { registry, engine, served, name } = await scene();
  await using _ = registry;
  await using __ = engine;
  const { digest, blob } = withLayer(served, 0);
  let broken = 0;
  registry.intercept = (request, response) => {
    if (!isFor(request, digest) || broken === 4) return false;
    broken++;
    const start = Number(/\d+/.exec(request.headers.range ?? '')?.[0] ?? 0);
    if (start > 0) response.writeHead(206, { 'content-range': `bytes ${start}-${blob.length - 1}/${blob.length}` });
    else response.writeHead(200, { 'content-length': blob.length });
    response.write(blob.subarray(start, start + 50_000), () => setTimeout(() => response.destroy(), 20));
    return true;
  };
  await engine.pull(name);
  const ranges = registry.requests.filter(({ line }) => line.endsWith(digest)).map(({ range }) => range);
  assert.deepEqual(ranges, [undefined, ...[50_000, 100_000, 150_000, 200_000].map((at) => `bytes=${at}-`)]);
});

test('a chunked body that ends too soon leaves its part for the next pull', async () => {
  const { registry, engine, served, name } = await scene();
  await using _ = registry;
  await using __ = engine;
  const { digest, blob } = withLayer(served, 0);
  registry.intercept = (request, response) => {
    if (!isFor(request, digest)) return false;
    response.write(blob.subarray(0, 70_000));
    response.end();
    return true;
  };
  await assert.rejects(engine.pull(name), { code: 'REGISTRY', message: /ended after 70000 of \d+ bytes/ });
  assertNothingVisible(engine);
  registry.intercept = () => false;
  registry.requests.length = 0;
  await engine.pull(name);
  assert.equal(registry.requests.find(({ line }) => line.endsWith(digest))?.range, 'bytes=70000-');
});

test('a registry without ranges sends everything again and the part here is passed over', async () => {
  const { registry, engine, served, name } = await scene();
  await using _ = registry;
  await using __ = engine;
  const { digest, blob } = withLayer(served, 0);
  let asked = 0;
  registry.intercept = (request, response) => {
    if (!isFor(request, digest)) return false;
    if (asked++ === 0) {
      response.writeHead(200, { 'content-length': blob.length });
      response.write(blob.subarray(0, 99_999), () => setTimeout(() => response.destroy(), 20));
    } else response.end(blob);
    return true;
  };
  await engine.pull(name);
  assert.equal(asked, 2);
});

test('a transfer that stalls is broken off and goes on', async () => {
  const { registry, engine, served, name } = await scene();
  await using _ = registry;
  await using __ = engine;
  const { digest, blob } = withLayer(served, 0);
  let stalled = false;
  registry.intercept = (request, response) => {
    if (!isFor(request, digest) || stalled) return false;
    stalled = true;
    response.writeHead(200, { 'content-length': blob.length });
    response.write(blob.subarray(0, 1000));
    return true;
  };
  await engine.pull(name);
  const ranges = registry.requests.filter(({ line }) => line.endsWith(digest)).map(({ range }) => range);
  assert.deepEqual(ranges, [undefined, 'bytes=1000-']);
});

test('a manifest that never comes ends in an error', async () => {
  const { registry, engine, name } = await scene();
  await using _ = registry;
  await using __ = engine;
  registry.intercept = (request) => request.url?.includes('/manifests/') === true;
  await assert.rejects(engine.pull(name), { code: 'REGISTRY', message: /[Tt]imeout/ });
  assertNothingVisible(engine);
});

test('passing failures are waited out: 503, and and 429 with Retry-After', async () => {
  const { registry, engine, name } = await scene();
  await using _ = registry;
  await using __ = engine;
  const answers = [503, 429];
  registry.intercept = (request, response) => {
    if (!request.url?.includes('/manifests/')) return false;
    const status = answers.shift();
    if (status === undefined) return false;
    response.writeHead(status, status === 429 ? { 'retry-after': '1' } : {});
    response.end();
    return true;
  };
  await engine.pull(name);
  assert.equal(registry.requests.filter(({ line }) => line.includes('/manifests/')).length, 3);
});

test('a manifest that breaks off is asked for again', async () => {
  const { registry, engine, served, name } = await scene();
  await using _ = registry;
  await using __ = engine;
  let broken = false;
  registry.intercept = (request, response) => {
    if (!request.url?.includes('/manifests/') || broken) return false;
    broken = true;
    response.writeHead(200, { 'content-length': served.manifest.length });
    response.write(served.manifest.subarray(0, 10), () => response.destroy());
    return true;
  };
  assert.equal((await engine.pull(name)).image.id, served.configDigest);
});

test('a registry that asks for more patience than we have is not asked again', async () => {
  const { registry, engine, name } = await scene();
  await using _ = registry;
  await using __ = engine;
  registry.intercept = (_request, response) => {
    response.writeHead(429, { 'retry-after': '3600' });
    response.end('{"errors":[{"code":"TOOMANYREQUESTS","message":"rate limit"}]}');
    return true;
  };
  await assert.rejects(engine.pull(name), { code: 'REGISTRY', message: 'toomanyrequests: rate limit' });
  assert.equal(registry.requests.length, 1);
});

test('5xx to the end is an error that says so', async () => {
  const { registry, engine, name } = await scene();
  await using _ = registry;
  await using __ = engine;
  registry.intercept = (_request, response) => {
    response.writeHead(500).end('<html>');
    return true;
  };
  await assert.rejects(engine.pull(name), { code: 'REGISTRY', message: /unexpected HTTP status: 500/ });
  assert.equal(registry.requests.length, 3);
});

test('a redirect to another host carries no Authorization', async () => {
  const { registry, engine, served, name } = await scene();
  await using _ = registry;
  await using __ = engine;
  await using storage = await hostileRegistry();
  const { digest, blob } = withLayer(served, 0);
  storage.intercept = (request, response) => {
    sendBlob(request, response, blob);
    return true;
  };
  registry.intercept = (request, response) => {
    if (request.headers.authorization === undefined) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="r"' }).end();
      return true;
    }
    if (!isFor(request, digest)) return false;
    response.writeHead(307, { location: `${storage.origin}/${digest}` }).end();
    return true;
  };
  await engine.pull(name, { credentials: { username: 'u', password: 'p' } });
  assert.equal(storage.requests.length, 1);
  assert.equal(storage.requests[0]?.authorization, undefined);
  assert.ok(registry.requests.some(({ authorization }) => authorization === 'Basic dTpw'));
});

test('a redirect within the registry keeps the Authorization, and one in circles ends', async () => {
  const { registry, engine, served, name } = await scene();
  await using _ = registry;
  await using __ = engine;
  const { digest, blob } = withLayer(served, 0);
  registry.intercept = (request, response) => {
    if (request.url === '/moved') assert.equal(request.headers.authorization, 'Basic dTpw');
    if (request.headers.authorization === undefined) response.writeHead(401, { 'www-authenticate': 'Basic' }).end();
    else if (request.url === '/moved') sendBlob(request, response, blob);
    else if (isFor(request, digest)) response.writeHead(302, { location: '/moved' }).end();
    else if (isFor(request, withLayer(served, 1).digest)) response.writeHead(302, { location: request.url }).end();
    else return false;
    return true;
  };
  const credentials = { username: 'u', password: 'p' };
  await assert.rejects(engine.pull(name, { credentials }), { code: 'REGISTRY', message: /redirects/ });
  assertNothingVisible(engine);
});

test('a registry that answers 401 whatever it gets is asked twice', async () => {
  const { registry, engine, name } = await scene();
  await using _ = registry;
  await using __ = engine;
  registry.intercept = (_request, response) => {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
    return true;
  };
  const credentials = { username: 'u', password: 'p' };
  await assert.rejects(engine.pull(name, { credentials }), { code: 'REGISTRY_UNAUTHORIZED' });
  assert.equal(registry.requests.length, 2);
  await assert.rejects(engine.pull(name), { code: 'PULL_DENIED' });
  assertNothingVisible(engine);
});

const malformed: Record<string, string> = {
  'no JSON': '{',
  'a list': '[]',
  'a schema 1 manifest': '{"schemaVersion":1}',
  'a manifest and an index at once': '{"schemaVersion":2,"manifests":[],"layers":[],"config":{}}',
  'a manifest without config': '{"schemaVersion":2,"layers":[]}',
  'a digest that leaves the store':
    '{"schemaVersion":2,"layers":[],"config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:../../../../etc/passwd","size":3}}',
  'a negative size':
    '{"schemaVersion":2,"layers":[],"config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:' +
    `${'a'.repeat(64)}","size":-1}}`,
};
for (const [what, body] of Object.entries(malformed)) {
  test(`malformed manifest: ${what}`, async () => {
    const { registry, engine, name } = await scene();
    await using _ = registry;
    await using __ = engine;
    registry.intercept = (_request, response: ServerResponse) => {
      response.writeHead(200, { 'content-type': 'application/vnd.oci.image.manifest.v1+json' }).end(body);
      return true;
    };
    await assert.rejects(engine.pull(name), { code: 'REGISTRY' });
    assertNothingVisible(engine);
  });
}

test('a config whose layers are not the ones of the manifest', async () => {
  const { registry, engine } = await scene();
  await using _ = registry;
  await using __ = engine;
  const one = await layer({ a: '1' });
  const liar = image({ layers: [{ ...one, diffId: `sha256:${'0'.repeat(64)}` }] });
  registry.serve('liar', 'v1', liar);
  await assert.rejects(engine.pull(`${registry.host}/liar:v1`), { code: 'DIGEST_MISMATCH' });
  const fewer = image({ layers: [one] });
  const more = { ...fewer, manifest: Buffer.from(fewer.manifest.toString().replace(/"layers":\[.*\]/, '"layers":[]')) };
  registry.serve('fewer', 'v1', more);
  await assert.rejects(engine.pull(`${registry.host}/fewer:v1`), {
    code: 'REGISTRY',
    message: /1 layers, its manifest 0/,
  });
  assertNothingVisible(engine);
});
