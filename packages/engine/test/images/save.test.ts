import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { TarReader } from '../../src/archive/tar-reader.ts';
import type { ArchiveFormat } from '../../src/images/save.ts';
import { dockerArchive, loaded, ociArchive, saved } from '../support/archives.ts';
import { temporaryDirectory } from '../support/directory.ts';
import { digestOf, image, layer } from '../support/fixture-images.ts';
import { type Bench, bench } from '../support/images.ts';

const [base, zstd, plain] = await Promise.all([
  layer({ 'bin/': '', 'bin/sh': 'shell' }),
  layer({ zstd: 'z' }, 'zstd'),
  layer({ 'etc/x': 'y' }, 'none'),
]);
const fixture = image({ layers: [base, zstd, plain] });
const gzipped = image({ layers: [base] });
const REF_NAME = 'org.opencontainers.image.ref.name';

async function withFixture(): Promise<Bench> {
  const one = bench();
  await loaded(one, ociArchive(fixture, { [REF_NAME]: 'docker.io/library/full:1' }));
  await loaded(one, ociArchive(gzipped, { [REF_NAME]: 'docker.io/library/small:1' }));
  return one;
}

function filesOf(archive: Buffer): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  let current = '';
  const reader = new TarReader({
    begin({ name, type }) {
      current = name;
      if (type === 'file') files.set(name, Buffer.alloc(0));
    },
    data: (chunk) => void files.set(current, Buffer.concat([files.get(current) ?? Buffer.alloc(0), chunk])),
    finish() {},
  });
  reader.push(archive);
  reader.end();
  return files;
}

function json(files: ReadonlyMap<string, Buffer>, name: string) {
  return JSON.parse(files.get(name)?.toString() ?? 'null');
}

for (const format of ['docker-archive', 'oci-archive', 'oci-dir'] satisfies ArchiveFormat[]) {
  test(`what is saved as ${format} is loaded as the same image`, async () => {
    await using from = await withFixture();
    await using to = bench();
    const results = await loaded(to, await saved(from, ['full:1', 'small:1'], { format }));
    assert.deepEqual(
      results.map((result) => [result.image.id, result.names]),
      [
        [fixture.configDigest, ['docker.io/library/full:1']],
        [gzipped.configDigest, ['docker.io/library/small:1']],
      ],
    );
    assert.deepEqual(readdirSync(join(from.root, 'content/staging')), []);
  });
}

test('a docker archive has each layer uncompressed under its diff ID, and both listings', async () => {
  await using one = await withFixture();
  const files = filesOf(await saved(one, ['full:1']));
  const [item] = json(files, 'manifest.json');
  assert.deepEqual(item.RepoTags, ['full:1']);
  assert.deepEqual(
    item.Layers,
    [base, zstd, plain].map(({ diffId }) => `blobs/sha256/${diffId.slice(7)}`),
  );
  for (const [name, data] of files) {
    if (name.startsWith('blobs/')) assert.equal(digestOf(data), `sha256:${name.slice(13)}`);
  }
  assert.deepEqual(files.get(`blobs/sha256/${base.diffId.slice(7)}`), gunzipSync(base.blob));
  const [entry] = json(files, 'index.json').manifests;
  assert.equal(entry.annotations['io.containerd.image.name'], 'docker.io/library/full:1');
  assert.equal(json(files, `blobs/sha256/${entry.digest.slice(7)}`).config.digest, fixture.configDigest);
  assert.deepEqual(json(files, 'repositories'), { full: { 1: plain.diffId.slice(7) } });
});

test('an image layout keeps the manifest and the layers as they are stored', async () => {
  await using one = await withFixture();
  const files = filesOf(await saved(one, ['full:1'], { format: 'oci-archive' }));
  const [entry] = json(files, 'index.json').manifests;
  assert.equal(entry.digest, fixture.digest);
  assert.deepEqual(files.get(`blobs/sha256/${zstd.digest.slice(7)}`), zstd.blob);
});

test('layers that are stored plain are compressed where it is asked for', async () => {
  await using one = await withFixture();
  const files = filesOf(await saved(one, ['full:1'], { format: 'oci-archive', compress: true }));
  const [entry] = json(files, 'index.json').manifests;
  const manifest = json(files, `blobs/sha256/${entry.digest.slice(7)}`);
  const { digest, mediaType } = manifest.layers[2];
  assert.match(mediaType, /tar\+gzip$/);
  assert.deepEqual(gunzipSync(files.get(`blobs/sha256/${digest.slice(7)}`) ?? ''), plain.blob);
  assert.equal(manifest.layers[1].digest, zstd.digest);
});

test('a docker-dir has its blobs by their hex digests and a version', async () => {
  await using one = await withFixture();
  const files = filesOf(await saved(one, ['small:1'], { format: 'docker-dir' }));
  assert.deepEqual(
    [...files.keys()].sort(),
    ['manifest.json', 'version', base.digest.slice(7), gzipped.configDigest.slice(7)].sort(),
  );
  assert.match(json(files, 'manifest.json').mediaType, /docker\.distribution\.manifest\.v2/);
});

test('a repository’s name alone means all of its tags where that is asked for', async () => {
  await using one = await withFixture();
  one.images.tag('small:1', 'full:2');
  const tags = async (allTags: boolean) => json(filesOf(await saved(one, ['full'], { allTags })), 'manifest.json');
  const all = await tags(true);
  assert.deepEqual(all.flatMap((item: { RepoTags: string[] }) => item.RepoTags).sort(), ['full:1', 'full:2']);
  await assert.rejects(tags(false), { code: 'NO_SUCH_IMAGE' });
});

test('an image asked for by its ID gets no name', async () => {
  await using one = await withFixture();
  const [item] = json(filesOf(await saved(one, [fixture.configDigest.slice(7, 19)])), 'manifest.json');
  assert.equal(item.RepoTags, null);
});

test('several names of one image give one entry', async () => {
  await using one = await withFixture();
  one.images.tag('small:1', 'other:2');
  const items = json(filesOf(await saved(one, ['small:1', 'other:2'])), 'manifest.json');
  assert.deepEqual(
    items.map((item: { RepoTags: string[] }) => item.RepoTags),
    [['small:1', 'other:2']],
  );
});

test('an unknown image is told before anything is written', async () => {
  await using one = await withFixture();
  assert.throws(() => one.images.save(['nope'], { signal: new AbortController().signal }), { code: 'NO_SUCH_IMAGE' });
});

test('an image that is removed while it is saved is saved whole, and then gone', async () => {
  await using one = await withFixture();
  const chunks: Buffer[] = [];
  for await (const chunk of one.images.save(['small:1'], { signal: new AbortController().signal })) {
    if (chunks.length === 0) await one.images.remove('small:1', { force: true });
    chunks.push(chunk);
  }
  await using to = bench();
  assert.equal((await loaded(to, Buffer.concat(chunks)))[0]?.image.id, gzipped.configDigest);
  assert.equal(one.images.content.has(gzipped.configDigest), false);
});

test('skopeo reads every format', async () => {
  await using one = await withFixture();
  using directory = temporaryDirectory();
  for (const [transport, format] of [
    ['docker-archive', 'docker-archive'],
    ['oci-archive', 'oci-archive'],
  ] as const) {
    const path = join(directory.path, format);
    writeFileSync(path, await saved(one, ['small:1'], { format }));
    const source = format === 'docker-archive' ? `${transport}:${path}:small:1` : `${transport}:${path}`;
    execFileSync('skopeo', ['copy', '-q', '--insecure-policy', source, `dir:${join(directory.path, 'out')}`]);
    const manifest = JSON.parse(readFileSync(join(directory.path, 'out/manifest.json'), 'utf8'));
    assert.equal(manifest.config.digest, gzipped.configDigest);
  }
});

test('what skopeo writes is loaded with the same ID', async () => {
  await using from = await withFixture();
  using directory = temporaryDirectory();
  const path = (name: string) => join(directory.path, name);
  writeFileSync(path('in'), await saved(from, ['small:1'], { format: 'oci-archive' }));
  for (const target of ['docker-archive', 'oci-archive']) {
    execFileSync('skopeo', [
      'copy',
      '-q',
      '--insecure-policy',
      `oci-archive:${path('in')}`,
      `${target}:${path(target)}:a/b:c`,
    ]);
    await using to = bench();
    const [result] = await loaded(to, readFileSync(path(target)));
    assert.equal(result?.image.id, gzipped.configDigest, target);
  }
});

test('an old docker archive goes through unchanged', async () => {
  await using one = bench();
  await loaded(one, dockerArchive(image({ layers: [plain] }), ['old:1']));
  await using to = bench();
  const [result] = await loaded(to, await saved(one, ['old:1']));
  assert.deepEqual(result?.names, ['docker.io/library/old:1']);
});
