import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { SearchedNames } from '../../src/images/short-names.ts';
import { dockerArchive, loaded, ociArchive } from '../support/archives.ts';
import { digestOf, type FixtureImage, image, layer } from '../support/fixture-images.ts';
import { type Bench, bench } from '../support/images.ts';
import { tar } from '../support/tar.ts';

const INDEX = 'application/vnd.oci.image.index.v1+json';
const base = await layer({ 'bin/': '', 'bin/sh': 'shell' });
const plain = await layer({ 'etc/x': 'y' }, 'none');
const fixture = image({ layers: [base, plain] });

/** Nothing of an archive is left: no image, no blob, no layer, no file on its way. */
function assertEmpty({ images, root, snapshots }: Bench): void {
  assert.equal(images.list().length, 0);
  assert.deepEqual(readdirSync(join(root, 'content/blobs/sha256')), []);
  assert.deepEqual(readdirSync(join(root, 'content/staging')), []);
  assert.equal(snapshots.layers.size, 0);
}

test('a docker archive becomes an image under its names', async () => {
  await using one = bench();
  const [result] = await loaded(one, dockerArchive(fixture, ['busybox:1', 'example.com/a/b:2']));
  assert.equal(result?.image.id, fixture.configDigest);
  assert.deepEqual(result?.names, ['docker.io/library/busybox:1', 'example.com/a/b:2']);
  assert.equal(one.images.find('busybox:1').id, fixture.configDigest);
  assert.deepEqual(one.events, ['load docker.io/library/busybox:1']);
});

test('an image layout keeps its manifest, so its digest', async () => {
  await using one = bench();
  const [result] = await loaded(one, ociArchive(fixture, { 'org.opencontainers.image.ref.name': 'example.com/a:1' }));
  assert.equal(result?.image.manifestDigest, fixture.digest);
  assert.deepEqual(result?.names, ['example.com/a:1']);
});

test('a short name of an image layout is completed as the client’s dialect has it', async () => {
  const archive = ociArchive(fixture, { 'org.opencontainers.image.ref.name': 'mine' });
  await using docker = bench();
  assert.deepEqual((await loaded(docker, archive))[0]?.names, ['docker.io/library/mine:latest']);
  await using libpod = bench();
  const names = new SearchedNames(() => ({ searchRegistries: [], aliases: {}, mode: 'permissive' }));
  assert.deepEqual((await loaded(libpod, archive, { names }))[0]?.names, ['localhost/mine:latest']);
});

test('an archive without names gives an image without a name', async () => {
  await using one = bench();
  const [result] = await loaded(one, ociArchive(fixture));
  assert.deepEqual(result?.names, []);
  assert.equal(one.images.list()[0]?.id, fixture.configDigest);
});

test('the layer that several images of an archive share may be a link', async () => {
  await using one = bench();
  const config = { name: 'config.json', data: fixture.config };
  const archive = tar(
    { name: 'base.tar', data: base.blob },
    { name: 'one/layer.tar', type: '2', linkName: '../base.tar' },
    { name: 'two/layer.tar', type: '1', linkName: 'one/layer.tar' },
    { name: 'top.tar', data: plain.blob },
    config,
    { name: 'manifest.json', data: '[{"Config":"config.json","Layers":["two/layer.tar","top.tar"]}]' },
  );
  assert.equal((await loaded(one, archive))[0]?.image.id, fixture.configDigest);
});

const compressions: readonly [name: string, compress: (bytes: Buffer) => Buffer][] = [
  ['gzip', gzipSync],
  ['zstd', zstdCompressSync],
  ['bzip2', (input) => execFileSync('bzip2', ['-c'], { input })],
  ['xz', (input) => execFileSync('xz', ['-c'], { input })],
];
for (const [name, compress] of compressions) {
  test(`an archive in ${name} is loaded`, async () => {
    await using one = bench();
    const [result] = await loaded(one, compress(dockerArchive(fixture, ['x:1'])));
    assert.equal(result?.image.id, fixture.configDigest);
  });

  test(`an archive in ${name} that is cut off leaves nothing`, async () => {
    await using one = bench();
    const whole = compress(dockerArchive(fixture, ['x:1']));
    await assert.rejects(loaded(one, whole.subarray(0, whole.length / 2)), { code: 'INVALID_PARAMETER' });
    assertEmpty(one);
  });
}

test('an image that is here keeps its digests and gets the names', async () => {
  await using one = bench();
  await loaded(one, ociArchive(fixture, { 'org.opencontainers.image.ref.name': 'example.com/a:1' }));
  await loaded(one, dockerArchive(fixture, ['b:2']));
  const [only, ...others] = one.images.list();
  assert.equal(others.length, 0);
  assert.equal(only?.manifestDigest, fixture.digest);
  assert.deepEqual(only?.names, ['example.com/a:1', 'docker.io/library/b:2']);
});

test('a name is taken from the image that had it', async () => {
  await using one = bench();
  const other = image({ layers: [base] });
  await loaded(one, dockerArchive(other, ['x:1']));
  await loaded(one, dockerArchive(fixture, ['x:1']));
  assert.equal(one.images.find('x:1').id, fixture.configDigest);
  assert.deepEqual(one.images.find(other.configDigest).names, []);
});

test('an archive cut off anywhere leaves nothing', async () => {
  await using one = bench();
  const archive = dockerArchive(fixture, ['x:1']);
  const end = archive.length - 1024;
  for (let cut = 0; cut < end; cut += 509) {
    await assert.rejects(loaded(one, archive.subarray(0, cut)), { code: 'INVALID_PARAMETER' }, `cut at ${cut}`);
    assertEmpty(one);
  }
});

/** The fixture with one blob that is not what its name says. */
function spoiled(archive: Buffer, what: string): Buffer {
  const at = archive.indexOf(what);
  assert.ok(at > 0);
  const copy = Buffer.from(archive);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

const bad: Readonly<Record<string, Buffer>> = {
  'no archive at all': Buffer.from('root:x:0:0:root:/root:/bin/sh\n'.repeat(100)),
  'nothing at all': Buffer.alloc(0),
  'an archive of something else': tar({ name: 'etc/passwd', data: 'x' }),
  'a manifest.json that is no JSON': tar({ name: 'manifest.json', data: '{' }),
  'a manifest.json that is no list': tar({ name: 'manifest.json', data: '{}' }),
  'a manifest.json without images': tar({ name: 'manifest.json', data: '[]' }),
  'a config that is missing': tar({ name: 'manifest.json', data: '[{"Config":"nope.json","Layers":[]}]' }),
  'a config that is no JSON': tar(
    { name: 'c', data: 'x' },
    { name: 'manifest.json', data: '[{"Config":"c","Layers":[]}]' },
  ),
  'fewer layers than the config has': tar(
    { name: 'c', data: fixture.config },
    { name: 'manifest.json', data: '[{"Config":"c","Layers":[]}]' },
  ),
  'a layer that leads out of the archive': tar(
    { name: 'c', data: fixture.config },
    { name: 'manifest.json', data: '[{"Config":"c","Layers":["../../etc/passwd","/etc/passwd"]}]' },
  ),
  'a config that leads out of the archive': tar({
    name: 'manifest.json',
    data: '[{"Config":"../../../etc/passwd","Layers":[]}]',
  }),
  'a member that leads out of the archive': dockerArchive(fixture, ['x:1'], [{ name: '../evil', data: 'x' }]),
  'a layer that is a link to the host': tar(
    { name: 'c', data: image({ layers: [base] }).config },
    { name: 'layer.tar', type: '2', linkName: '/etc/passwd' },
    { name: 'manifest.json', data: '[{"Config":"c","Layers":["layer.tar"]}]' },
  ),
  'a link to itself': tar(
    { name: 'a', type: '2', linkName: 'b' },
    { name: 'b', type: '2', linkName: 'a' },
    { name: 'manifest.json', data: '[{"Config":"a","Layers":[]}]' },
  ),
  'a name that is none': dockerArchive(fixture, ['a/UPPER:1']),
  'a layer of another digest': dockerArchive(image({ layers: [base, { ...plain, blob: base.blob }] }), ['x:1']),
  'a plain layer with a bit turned': spoiled(dockerArchive(fixture, ['x:1']), 'etc/x'),
  'a layout without its manifest': tar(
    { name: 'oci-layout', data: '{}' },
    {
      name: 'index.json',
      data: JSON.stringify({
        schemaVersion: 2,
        manifests: [{ mediaType: fixture.mediaType, digest: fixture.digest, size: fixture.manifest.length }],
      }),
    },
  ),
  'a layout whose manifest is another': spoiled(ociArchive(fixture), '"schemaVersion":2,"mediaType"'),
  'a layout whose config is another': spoiled(ociArchive(fixture), '"rootfs"'),
  'a layout whose layer is another': spoiled(ociArchive(fixture), 'etc/x'),
  'an index inside an index without end': nested(),
};

function nested(): Buffer {
  let inner: FixtureImage | { digest: string; manifest: Buffer; mediaType: string } = fixture;
  const members = [];
  for (let depth = 0; depth < 8; depth++) {
    const { digest, manifest: bytes, mediaType } = inner;
    members.push({ name: `blobs/sha256/${digest.slice(7)}`, data: bytes });
    const platform = { os: 'linux', architecture: 'amd64' };
    const manifest = Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: INDEX,
        manifests: [{ mediaType, digest, size: bytes.length, platform }],
      }),
    );
    inner = { digest: digestOf(manifest), manifest, mediaType: INDEX };
  }
  return tar({ name: 'oci-layout', data: '{}' }, { name: 'index.json', data: inner.manifest }, ...members);
}

for (const [what, archive] of Object.entries(bad)) {
  test(`${what} is refused and leaves nothing`, async () => {
    await using one = bench();
    await assert.rejects(loaded(one, archive), { code: 'INVALID_PARAMETER' });
    assertEmpty(one);
  });
}

test('of two images the good one is not listed where the other is bad', async () => {
  await using one = bench();
  const other = image({ layers: [base] });
  const items = [
    { Config: 'other.json', RepoTags: ['good:1'], Layers: ['base.tar'] },
    { Config: 'config.json', RepoTags: ['bad:1'], Layers: ['base.tar', 'base.tar'] },
  ];
  const archive = tar(
    { name: 'base.tar', data: base.blob },
    { name: 'other.json', data: other.config },
    { name: 'config.json', data: fixture.config },
    { name: 'manifest.json', data: JSON.stringify(items) },
  );
  await assert.rejects(loaded(one, archive), { code: 'INVALID_PARAMETER' });
  assertEmpty(one);
});

test('a client that leaves in the middle leaves nothing', async () => {
  await using one = bench();
  const controller = new AbortController();
  one.snapshots.gate = async () => controller.abort();
  await assert.rejects(loaded(one, dockerArchive(fixture, ['x:1']), { signal: controller.signal }));
  assertEmpty(one);
});

test('what a killed service left of a load is gone after the next start', async () => {
  await using one = bench();
  // As if it had died: parts in the staging directory, and blobs that only its lease held.
  const left = join(one.root, 'content/staging/in-dead');
  mkdirSync(left);
  writeFileSync(join(left, '0'), base.blob);
  await one.images.content.put(base.blob);
  await using staging = one.images.content.stage();
  await one.images.recover(new Set());
  assert.deepEqual(readdirSync(join(one.root, 'content/blobs/sha256')), []);
  assert.equal(existsSync(left), false);
  // What this service itself has under way stays.
  assert.equal((await staging.write(pieces('x'), new AbortController().signal)).size, 1);
});

async function* pieces(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
