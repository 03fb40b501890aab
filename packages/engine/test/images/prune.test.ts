import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layerSizes } from '../../src/images/sizes.ts';
import { image, index, layer } from '../support/fixture-images.ts';
import { hostileRegistry } from '../support/hostile-registry.ts';
import { bench } from '../support/images.ts';

const { signal } = new AbortController();

/** `base` of one layer and `app` of base's and one more, both pulled. */
async function scene() {
  const registry = await hostileRegistry();
  const engine = bench();
  const bottom = await layer({ base: 'x'.repeat(1000) });
  const base = image({ layers: [bottom], created: '2024-01-01T00:00:00Z' });
  const app = image({ layers: [bottom, await layer({ app: 'y'.repeat(5000) })], created: '2024-02-01T00:00:00Z' });
  registry.serve('base', 'latest', base);
  registry.serve('app', 'latest', app);
  await engine.pull(`${registry.host}/base`);
  await engine.pull(`${registry.host}/app`);
  return {
    engine,
    registry,
    base: engine.images.find(base.configDigest),
    app: engine.images.find(app.configDigest),
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]();
      await registry[Symbol.asyncDispose]();
    },
  };
}

test('layers that images share are counted once and freed with the last of them', async () => {
  await using s = await scene();
  const { engine, base, app } = s;
  const [bottom = 0, top = 0] = app.layers.map(({ size }) => size);
  const sizes = layerSizes([base, app]);
  assert.deepEqual([sizes.shared(base), sizes.shared(app), sizes.total], [bottom, bottom, bottom + top]);
  assert.equal(layerSizes([app]).shared(app), 0);

  engine.images.untag(app.id, []);
  const [first] = await engine.images.prune({ all: false, filters: {} }, signal);
  assert.equal(first?.image.id, app.id);
  assert.equal(first?.reclaimed, top);
  const [second] = await engine.images.prune({ all: true, filters: {} }, signal);
  assert.equal(second?.reclaimed, bottom);
});

test('what a container uses is not pruned, nor what no filter fits', async () => {
  await using s = await scene();
  const { engine, base, app } = s;
  engine.uses.push({ containerId: 'c'.repeat(64), running: false, imageId: base.id, chainIds: [] });
  assert.deepEqual(await engine.images.prune({ all: true, filters: { label: ['nope'] } }, signal), []);
  assert.deepEqual(await engine.images.prune({ all: false, filters: {} }, signal), []);
  const pruned = await engine.images.prune({ all: true, filters: {} }, signal);
  assert.deepEqual(
    pruned.map((one) => one.image.id),
    [app.id],
  );
});

test('history gives each layer to the step that made it, and names what is here', async () => {
  await using s = await scene();
  const { engine, app } = s;
  const [bottom = 0, top = 0] = app.layers.map(({ size }) => size);
  const history = [
    { createdBy: 'ADD base' },
    { createdBy: 'ENV a=b', emptyLayer: true },
    { createdBy: 'COPY app', comment: 'last' },
  ];
  const steps = engine.images.history({ ...app, history, parent: s.base.id });
  assert.deepEqual(
    steps.map(({ createdBy, size, image: at }) => [createdBy, size, at?.id]),
    [
      ['COPY app', top, app.id],
      ['ENV a=b', 0, s.base.id],
      ['ADD base', bottom, undefined],
    ],
  );
});

test('an image out of an index knows its siblings, and that it came out of one', async () => {
  const registry = await hostileRegistry();
  await using engine = bench();
  const layers = [await layer({ a: 'b' })];
  const here = image({ layers });
  const there = image({ layers, platform: { os: 'linux', architecture: 's390x' } });
  const both = index([there, here]);
  registry.serve('multi', 'latest', both);
  const { image: pulled } = await engine.pull(`${registry.host}/multi`);
  const variants = await engine.images.variants(pulled);
  assert.deepEqual(
    variants.map(({ digest, platform }) => [digest, platform?.architecture]),
    [
      [there.digest, 's390x'],
      [here.digest, 'amd64'],
    ],
  );
  assert.deepEqual([pulled.indexDigest, pulled.indexSize], [both.digest, both.manifest.length]);
  await registry[Symbol.asyncDispose]();
});
