import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { PushOptions, PushProgress, PushResult } from '../../src/images/push.ts';
import { parseDockerReference } from '../../src/images/reference.ts';
import { loaded, ociArchive } from '../support/archives.ts';
import { type FixtureImage, image, layer } from '../support/fixture-images.ts';
import { type Bench, bench } from '../support/images.ts';
import { type UploadRegistry, uploadRegistry } from '../support/upload-registry.ts';

const small = await layer({ 'etc/x': 'y' });
/** Beyond what goes in one request. */
const large = await layer({ data: randomBytes(3_000_000) });
const plain = await layer({ 'etc/plain': 'z' }, 'none');
const signal = new AbortController().signal;

async function push(
  one: Bench,
  registry: UploadRegistry,
  fixture: FixtureImage,
  repository = 'a/b',
  options: Partial<PushOptions> = {},
): Promise<PushResult & { progress: PushProgress[] }> {
  if (!one.images.has(fixture.configDigest)) await loaded(one, ociArchive(fixture));
  const progress: PushProgress[] = [];
  const reference = parseDockerReference(`${registry.host}/${repository}:1`);
  const found = one.images.find(fixture.configDigest);
  const onProgress = (line: PushProgress) => void progress.push(line);
  return { ...(await one.images.push(found, reference, { signal, onProgress, ...options })), progress };
}

test('an image is pushed as it was pulled, byte by byte', async () => {
  await using registry = await uploadRegistry();
  await using one = bench();
  const fixture = image({ layers: [small, large] });
  const { digest, progress } = await push(one, registry, fixture);
  assert.equal(digest, fixture.digest);
  assert.deepEqual(registry.manifests.get('a/b:1'), fixture.manifest);
  for (const { digest: blob, blob: bytes } of [small, large])
    assert.deepEqual(registry.blobs.get(`a/b@${blob}`), bytes);
  assert.deepEqual(registry.blobs.get(`a/b@${fixture.configDigest}`), fixture.config);
  const last = progress.filter(({ id }) => id === large.diffId.slice(7, 19)).at(-1);
  assert.equal(last?.status, 'uploaded');
  assert.ok(progress.some(({ current, total }) => current === total && total === large.blob.length));
  assert.deepEqual(one.images.find(fixture.configDigest).repoDigests, [`${registry.host}/a/b@${fixture.digest}`]);
  assert.equal(one.events.at(-1), `push ${registry.host}/a/b:1`);
});

test('what is there already is not sent again', async () => {
  await using registry = await uploadRegistry();
  await using one = bench();
  const fixture = image({ layers: [small, large] });
  await push(one, registry, fixture);
  registry.requests.length = 0;
  const { progress } = await push(one, registry, fixture);
  assert.deepEqual(new Set(progress.map(({ status }) => status)), new Set(['preparing', 'exists']));
  assert.ok(
    registry.requests.every((line) => /^(HEAD|PUT \/v2\/a\/b\/manifests)/.test(line)),
    registry.requests.join(),
  );
});

test('a layer another repository of the registry has is mounted from it', async () => {
  await using registry = await uploadRegistry();
  await using one = bench();
  const fixture = image({ layers: [small] });
  await push(one, registry, fixture);
  const { progress } = await push(one, registry, fixture, 'c/d');
  assert.deepEqual(progress.at(-1), { id: small.diffId.slice(7, 19), status: 'mounted', from: 'a/b' });
  assert.deepEqual(registry.blobs.get(`c/d@${small.digest}`), small.blob);
});

test('an upload goes on where its connection broke', async () => {
  await using registry = await uploadRegistry();
  await using one = bench();
  registry.breakAfter = [1_000_000, 2_000_000];
  await push(one, registry, image({ layers: [large] }));
  assert.deepEqual(registry.blobs.get(`a/b@${large.digest}`), large.blob);
  assert.equal(
    registry.requests.filter((line) => line.startsWith('POST')).length,
    2,
    'one upload of the layer, one of the config',
  );
  assert.equal(registry.requests.filter((line) => line.startsWith('PATCH')).length, 3);
});

test('an upload the registry has forgotten begins anew', async () => {
  await using registry = await uploadRegistry();
  await using one = bench();
  registry.breakAfter = [1_000_000];
  registry.intercept = (request, response) => {
    if (request.method !== 'GET') return false;
    response.writeHead(404).end();
    return true;
  };
  await push(one, registry, image({ layers: [large] }));
  assert.deepEqual(registry.blobs.get(`a/b@${large.digest}`), large.blob);
});

test('a registry that breaks every connection is given up', async () => {
  await using registry = await uploadRegistry();
  await using one = bench();
  registry.breakAfter = Array.from({ length: 50 }, () => 1);
  await assert.rejects(push(one, registry, image({ layers: [large] })), { code: 'REGISTRY' });
  assert.equal(registry.manifests.size, 0);
});

const refusals: readonly [status: number, code: string][] = [
  [401, 'REGISTRY_UNAUTHORIZED'],
  [403, 'FORBIDDEN'],
  [404, 'REGISTRY'],
  [405, 'REGISTRY'],
  [500, 'REGISTRY'],
];
for (const [status, code] of refusals) {
  test(`a registry that answers ${status} to an upload is told of, with its own words`, async () => {
    await using registry = await uploadRegistry();
    await using one = bench();
    registry.intercept = (request, response) => {
      if (request.method !== 'POST') return false;
      response.writeHead(status).end('{"errors":[{"code":"X","message":"not for you"}]}');
      return true;
    };
    await assert.rejects(push(one, registry, image({ layers: [small] })), { code, message: /not for you/ });
    assert.equal(registry.manifests.size, 0);
    assert.deepEqual(one.images.list()[0]?.repoDigests, []);
  });
}

test('a manifest the registry stores as another one is an error', async () => {
  await using registry = await uploadRegistry();
  await using one = bench();
  registry.intercept = (request, response) => {
    if (!request.url?.includes('/manifests/')) return false;
    request.resume();
    response.writeHead(201, { 'docker-content-digest': small.digest }).end();
    return true;
  };
  await assert.rejects(push(one, registry, image({ layers: [small] })), { code: 'DIGEST_MISMATCH' });
});

test('an upload address on another host gets no credentials', async () => {
  await using registry = await uploadRegistry();
  await using other = await uploadRegistry();
  await using one = bench();
  const seen: (string | undefined)[] = [];
  registry.intercept = (request, response) => {
    if (request.headers.authorization === undefined) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
      return true;
    }
    if (request.method !== 'POST') return false;
    response.writeHead(202, { location: `http://${other.host}/v2/a/b/blobs/uploads/0` }).end();
    return true;
  };
  other.intercept = (request, response) => {
    seen.push(request.headers.authorization);
    response.writeHead(403).end();
    return true;
  };
  const credentials = { username: 'u', password: 'p' };
  await assert.rejects(push(one, registry, image({ layers: [small] }), 'a/b', { credentials }), { code: 'FORBIDDEN' });
  assert.deepEqual(new Set(seen), new Set([undefined]));
});

test('an image stored plain takes on the form it was sent in, under the same ID', async () => {
  await using registry = await uploadRegistry();
  await using one = bench();
  const fixture = image({ layers: [small, plain] });
  const first = await push(one, registry, fixture);
  const settled = one.images.find(fixture.configDigest);
  assert.equal(settled.manifestDigest, first.digest);
  const sent = settled.layers[1];
  assert.match(sent?.mediaType ?? '', /gzip/);
  assert.deepEqual(gunzipSync(registry.blobs.get(`a/b@${sent?.digest}`) ?? ''), plain.blob);
  assert.equal(one.images.content.has(sent?.digest ?? ''), true);
  assert.equal(one.images.content.has(plain.digest), false);
  const second = await push(one, registry, fixture, 'c/d');
  assert.equal(second.digest, first.digest);
});

test('a compression that a client chose is for this push only', async () => {
  await using registry = await uploadRegistry();
  await using one = bench();
  const fixture = image({ layers: [small, plain] });
  await push(one, registry, fixture, 'a/b', { compression: { format: 'zstd' }, recompress: true });
  const manifest = JSON.parse(registry.manifests.get('a/b:1')?.toString() ?? '');
  for (const [i, { digest, mediaType }] of manifest.layers.entries()) {
    assert.match(mediaType, /zstd$/);
    const expected = i === 0 ? gunzipSync(small.blob) : plain.blob;
    assert.deepEqual(zstdDecompressSync(registry.blobs.get(`a/b@${digest}`) ?? ''), expected);
  }
  assert.equal(one.images.find(fixture.configDigest).manifestDigest, fixture.digest);
});

test('a manifest is written in the format that is asked for', async () => {
  await using registry = await uploadRegistry();
  await using one = bench();
  await push(one, registry, image({ layers: [small] }), 'a/b', { format: 'docker' });
  const manifest = JSON.parse(registry.manifests.get('a/b:1')?.toString() ?? '');
  assert.equal(manifest.mediaType, 'application/vnd.docker.distribution.manifest.v2+json');
  assert.equal(manifest.layers[0].digest, small.digest);
});

test('a client that leaves ends the push', async () => {
  await using registry = await uploadRegistry();
  await using one = bench();
  const controller = new AbortController();
  registry.intercept = (request) => {
    if (request.method === 'PATCH') controller.abort();
    return false;
  };
  await assert.rejects(push(one, registry, image({ layers: [large] }), 'a/b', { signal: controller.signal }));
  assert.equal(registry.manifests.size, 0);
});
