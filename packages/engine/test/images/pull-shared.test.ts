import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { image, layer } from '../support/fixture-images.ts';
import { hostileRegistry, sendBlob } from '../support/hostile-registry.ts';
import { bench } from '../support/images.ts';

async function scene() {
  const registry = await hostileRegistry();
  const engine = bench();
  const shared = await layer({ random: randomBytes(200_000) });
  registry.serve('one', 'v1', image({ layers: [shared], config: { Labels: { n: '1' } } }));
  registry.serve('two', 'v1', image({ layers: [shared], config: { Labels: { n: '2' } } }));
  const { promise: asked, resolve: onAsked } = Promise.withResolvers<void>();
  const { promise: opened, resolve: open } = Promise.withResolvers<void>();
  // Half of the layer comes at once, the rest when the test opens the gate.
  registry.intercept = (request, response) => {
    if (!request.url?.endsWith(shared.digest)) return false;
    if (request.headers.range !== undefined) sendBlob(request, response, shared.blob);
    else {
      response.writeHead(200, { 'content-length': shared.blob.length });
      response.write(shared.blob.subarray(0, 100_000));
      onAsked();
      void opened.then(() => response.end(shared.blob.subarray(100_000)));
    }
    return true;
  };
  const fetched = () => registry.requests.filter(({ line }) => line.endsWith(shared.digest));
  const name = (n: string) => `${registry.host}/${n}:v1`;
  return {
    registry,
    engine,
    shared,
    asked,
    open,
    fetched,
    name,
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]();
      await registry[Symbol.asyncDispose]();
    },
  };
}

test('the same image pulled twice at once is fetched and unpacked once, and both see it come', async () => {
  await using s = await scene();
  const first = s.engine.pull(s.name('one'));
  await s.asked;
  const second = s.engine.pull(s.name('one'));
  s.open();
  const [a, b] = await Promise.all([first, second]);
  assert.equal(a.image.id, b.image.id);
  assert.equal(s.fetched().length, 1);
  assert.equal(s.engine.snapshots.unpacked.length, 1);
  assert.equal(a.progress.at(-1)?.status, 'pull-complete');
});

test('one of two pulls is cancelled: the other goes on with the same transfer', async () => {
  await using s = await scene();
  const giveUp = new AbortController();
  const first = s.engine.pull(s.name('one'), { signal: giveUp.signal });
  await s.asked;
  const joined = Promise.withResolvers<void>();
  const second = s.engine.pull(s.name('one'), {
    onProgress: ({ status }) => {
      if (status === 'downloading') joined.resolve();
    },
  });
  await joined.promise;
  giveUp.abort();
  await assert.rejects(first, { code: 'CANCELLED' });
  s.open();
  await second;
  assert.equal(s.fetched().length, 1);
});

test('the last one to leave ends the transfer, and what came is kept for the next', async () => {
  await using s = await scene();
  const giveUp = new AbortController();
  const closed = Promise.withResolvers<void>();
  const arrived = Promise.withResolvers<void>();
  const inner = s.registry.intercept;
  s.registry.intercept = (request, response) => {
    if (request.url?.endsWith(s.shared.digest)) void once(response, 'close').then(() => closed.resolve());
    return inner(request, response);
  };
  const onProgress = ({ current = 0 }) => current > 0 && arrived.resolve();
  const pulls = [1, 2].map(() => s.engine.pull(s.name('one'), { signal: giveUp.signal, onProgress }));
  await arrived.promise;
  giveUp.abort();
  await Promise.all(pulls.map((pull) => assert.rejects(pull, { code: 'CANCELLED' })));
  await closed.promise;
  assert.equal(s.engine.images.count, 0);
  assert.deepEqual(s.engine.snapshots.layers.size, 0);
  await s.engine.images.garbageCollect();
  assert.equal(readdirSync(join(s.engine.root, 'content', 'ingest')).length, 1, 'the part survives collection');
  await s.engine.pull(s.name('one'));
  const [start = '0'] = /\d+/.exec(s.fetched().at(-1)?.range ?? '') ?? [];
  assert.ok(Number(start) > 0 && Number(start) <= 100_000, `went on at ${start}`);
});

test('a layer two images share is fetched by both pulls but received and unpacked once', async () => {
  await using s = await scene();
  const first = s.engine.pull(s.name('one'));
  await s.asked;
  const second = s.engine.pull(s.name('two'));
  s.open();
  await Promise.all([first, second]);
  assert.equal(s.fetched().length, 1);
  assert.equal(s.engine.snapshots.unpacked.length, 1);
  assert.equal(s.engine.images.count, 2);
});

test('unpacking is called off when the pull is', async () => {
  await using s = await scene();
  s.open();
  const giveUp = new AbortController();
  s.engine.snapshots.gate = async (_layer, signal) => {
    giveUp.abort();
    if (!signal.aborted) await once(signal, 'abort');
  };
  await assert.rejects(s.engine.pull(s.name('one'), { signal: giveUp.signal }), { code: 'CANCELLED' });
  assert.equal(s.engine.snapshots.layers.size, 0);
  s.engine.snapshots.gate = async () => {};
  await s.engine.pull(s.name('one'));
  assert.equal(s.fetched().length, 1);
});

test('collection and removal leave a running pull alone', async () => {
  await using s = await scene();
  s.engine.snapshots.gate = async () => {
    // Everything of the image is here and nothing lists it yet.
    assert.deepEqual(await s.engine.images.garbageCollect(true), { blobs: 0, layers: 0 });
  };
  s.open();
  await s.engine.pull(s.name('one'));
  s.engine.snapshots.gate = async () => {};
  const removing = s.engine.images.remove(s.name('one'));
  const pulling = s.engine.pull(s.name('two'));
  await Promise.all([removing, pulling]);
  const two = s.engine.images.find(s.name('two'));
  for (const { digest, chainId } of two.layers) {
    assert.ok(s.engine.images.content.has(digest));
    assert.ok(s.engine.snapshots.find(chainId));
  }
});

test('three layers come at a time, the others wait', async () => {
  await using s = await scene();
  const layers = await Promise.all([1, 2, 3, 4, 5].map((n) => layer({ n: String(n) })));
  s.registry.serve('many', 'v1', image({ layers }));
  let now = 0;
  let most = 0;
  s.registry.intercept = (request, response) => {
    const found = layers.find(({ digest }) => request.url?.endsWith(digest));
    if (found === undefined) return false;
    most = Math.max(most, ++now);
    setTimeout(() => {
      now--;
      response.end(found.blob);
    }, 30);
    return true;
  };
  const { progress } = await s.engine.pull(s.name('many'));
  assert.equal(most, 3);
  assert.equal(progress.filter(({ status }) => status === 'waiting').length, 2);
});
