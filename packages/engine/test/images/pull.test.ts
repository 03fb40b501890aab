import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startRegistry, type TestRegistry } from '../../../../conformance/support/registry.ts';
import { busyboxLayer, image, index, layer, push } from '../support/fixture-images.ts';
import { bench } from '../support/images.ts';

let registry: TestRegistry;
before(async () => {
  registry = await startRegistry();
});
after(() => registry[Symbol.asyncDispose]());

test('a pulled image has its config, layers, names and digests', async () => {
  await using engine = bench();
  const layers = [await busyboxLayer(), await layer({ 'a.txt': 'a' }, 'zstd'), await layer({ 'b.txt': 'b' }, 'none')];
  const pushed = image({
    layers,
    config: { Env: ['A=1'], Cmd: ['sh'], Labels: { x: 'y' }, ExposedPorts: { '80/tcp': {} } },
  });
  await push(registry.origin, 'multi', 'v1', pushed);

  const { image: pulled, changed, digest, progress } = await engine.pull(`${registry.host}/multi:v1`);

  assert.equal(changed, true);
  assert.equal(digest, pushed.digest);
  assert.equal(pulled.id, pushed.configDigest);
  assert.deepEqual(pulled.names, [`${registry.host}/multi:v1`]);
  assert.deepEqual(pulled.repoDigests, [`${registry.host}/multi@${pushed.digest}`]);
  assert.deepEqual(pulled.config, { env: ['A=1'], cmd: ['sh'], labels: { x: 'y' }, exposedPorts: ['80/tcp'] });
  assert.deepEqual(
    pulled.layers.map((l) => l.diffId),
    layers.map((l) => l.diffId),
  );
  assert.deepEqual(
    engine.snapshots.unpacked,
    pulled.layers.map((l) => l.chainId),
  );
  const sizes = [...engine.snapshots.layers.values()].map(({ tar }) => tar.length);
  assert.equal(
    pulled.size,
    sizes.reduce((a, b) => a + b),
  );
  for (const { digest: id } of layers) {
    const statuses = progress.filter((p) => id.includes(p.id)).map((p) => p.status);
    assert.equal(statuses[0], 'pulling-fs-layer');
    assert.equal(statuses.at(-1), 'pull-complete');
    assert.ok(statuses.includes('download-complete') && statuses.includes('extracting'));
  }
  assert.deepEqual(engine.events, [`pull ${registry.host}/multi:v1`]);
});

test('the content store is a layout skopeo reads', async () => {
  await using engine = bench();
  const pushed = image({ layers: [await busyboxLayer()] });
  await push(registry.origin, 'layout', 'v1', pushed);
  await engine.pull(`${registry.host}/layout:v1`);
  await engine.images.close();
  const source = `oci:${join(engine.root, 'content')}:${registry.host}/layout:v1`;
  const skopeo = spawnSync('skopeo', ['inspect', '--raw', source], { encoding: 'utf8' });
  assert.equal(skopeo.stdout, pushed.manifest.toString(), skopeo.stderr);
});

test('an index gives the image of the platform asked for', async () => {
  await using engine = bench();
  const make = async (architecture: string, variant?: string) =>
    image({
      layers: [await layer({ arch: `${architecture}${variant}` })],
      platform: { os: 'linux', architecture, ...(variant && { variant }) },
    });
  const images = [await make('arm', 'v6'), await make('amd64'), await make('arm', 'v7'), await make('arm64')];
  const pushed = index(images);
  await push(registry.origin, 'platforms', 'v1', pushed);
  const name = `${registry.host}/platforms:v1`;

  const ours = await engine.pull(name, { platform: { os: 'linux', architecture: 'amd64' } });
  assert.equal(ours.image.id, images[1]?.configDigest);
  assert.equal(ours.digest, pushed.digest);
  assert.equal(ours.image.indexDigest, pushed.digest);
  assert.deepEqual(ours.image.repoDigests, [
    `${registry.host}/platforms@${pushed.digest}`,
    `${registry.host}/platforms@${images[1]?.digest}`,
  ]);

  const theirs = await engine.pull(name, { platform: { os: 'linux', architecture: 'arm', variant: 'v7' } });
  assert.equal(theirs.image.id, images[2]?.configDigest);
  assert.deepEqual(theirs.image.names, [name]);
  assert.deepEqual(engine.images.find(ours.image.id).names, [], 'the name went to the other image');

  await assert.rejects(engine.pull(name, { platform: { os: 'linux', architecture: 's390x' } }), {
    code: 'NO_MATCHING_PLATFORM',
    message: 'no matching manifest for linux/s390x in the manifest list entries',
  });
});

test('a second pull fetches nothing, and layers another image brought are not fetched again', async () => {
  await using engine = bench();
  const base = await busyboxLayer();
  await push(registry.origin, 'one', 'v1', image({ layers: [base] }));
  await push(registry.origin, 'two', 'v1', image({ layers: [base, await layer({ two: '2' })] }));
  await engine.pull(`${registry.host}/one:v1`);
  const again = await engine.pull(`${registry.host}/one:v1`);
  assert.equal(again.changed, false);
  assert.deepEqual(again.progress, []);
  const other = await engine.pull(`${registry.host}/two:v1`);
  assert.equal(other.progress[0]?.status, 'already-exists');
  assert.equal(engine.snapshots.unpacked.length, 2);
  assert.deepEqual(readdirSync(join(engine.root, 'content', 'ingest')), []);
});

test('a prefix of registries.conf takes docker.io names elsewhere', async () => {
  const rule = { prefix: 'docker.io/library', location: `${registry.host}/library`, insecure: true };
  await using engine = bench({ conf: { registries: [{ ...rule, blocked: false, mirrors: [] }] } });
  await push(registry.origin, 'library/busybox', 'latest', image({ layers: [await busyboxLayer()] }));
  const { image: pulled } = await engine.pull('busybox');
  assert.deepEqual(pulled.names, ['docker.io/library/busybox:latest']);
  assert.equal(engine.images.find('docker.io/library/busybox').id, pulled.id);
});

test('a tag the registry does not have', async () => {
  await using engine = bench();
  await assert.rejects(engine.pull(`${registry.host}/nosuch:v9`), {
    code: 'MANIFEST_UNKNOWN',
    message: `manifest for ${registry.host}/nosuch:v9 not found: manifest unknown: manifest unknown`,
  });
  assert.equal(engine.images.count, 0);
});
