import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isSelkieError } from '@selkie/contract';
import { namePattern } from '../../src/images/list.ts';
import { SearchedNames, type ShortNameRules } from '../../src/images/short-names.ts';
import { type FixtureImage, image, layer } from '../support/fixture-images.ts';
import { hostileRegistry } from '../support/hostile-registry.ts';
import { bench } from '../support/images.ts';

/** An engine with `base` (one layer) and `app` (base's and one more). */
async function scene() {
  const registry = await hostileRegistry();
  const rule = { prefix: 'docker.io/library', location: `${registry.host}/library`, insecure: true };
  const engine = bench({ conf: { registries: [{ ...rule, blocked: false, mirrors: [] }] } });
  const bottom = await layer({ base: '1' });
  const base = image({ layers: [bottom], config: { Labels: { kind: 'base' } }, created: '2024-01-01T00:00:00Z' });
  const app = image({
    layers: [bottom, await layer({ app: '1' })],
    config: { Labels: { kind: 'app', tier: 'web' } },
    created: '2024-02-01T00:00:00Z',
  });
  registry.serve('library/base', 'latest', base);
  registry.serve('library/app', 'v1', app);
  await engine.pull('base');
  await engine.pull('app:v1');
  engine.events.length = 0;
  return {
    engine,
    registry,
    base,
    app,
    use: (one: FixtureImage, running: boolean) =>
      engine.uses.push({
        containerId: 'c'.repeat(64),
        running,
        imageId: one.configDigest,
        chainIds: engine.images.find(one.configDigest).layers.map(({ chainId }) => chainId),
      }),
    async [Symbol.asyncDispose]() {
      await engine[Symbol.asyncDispose]();
      await registry[Symbol.asyncDispose]();
    },
  };
}

const short = (one: FixtureImage) => one.configDigest.slice(7, 19);

test('an image is found by every name and ID it goes by', async () => {
  await using s = await scene();
  const id = s.app.configDigest;
  const spellings = [
    'app:v1',
    'library/app:v1',
    'docker.io/library/app:v1',
    'index.docker.io/app:v1',
    id,
    id.slice(7),
    short(s.app),
    `sha256:${short(s.app)}`,
    `app@${s.app.digest}`,
    `app:whatever@${s.app.digest}`,
  ];
  for (const text of spellings) assert.equal(s.engine.images.find(text).id, id, text);
  assert.throws(() => s.engine.images.find('app'), { code: 'NO_SUCH_IMAGE', message: 'No such image: app:latest' });
  assert.throws(() => s.engine.images.find(`base@${s.app.digest}`), { code: 'NO_SUCH_IMAGE' });
  assert.throws(() => s.engine.images.find('App'), { code: 'INVALID_PARAMETER' });
  assert.throws(() => s.engine.images.find('f'.repeat(64)), { code: 'NO_SUCH_IMAGE' });
});

test('a prefix two images share is ambiguous, and a name wins over a prefix', async () => {
  await using s = await scene();
  const images = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17].map((n) =>
    image({ layers: [], config: { Labels: { n: String(n) } } }),
  );
  for (const [n, one] of images.entries()) {
    s.registry.serve('library/many', `v${n}`, one);
    await s.engine.pull(`many:v${n}`);
  }
  const firsts = s.engine.images.list().map(({ id }) => id[7] ?? '');
  const twice = firsts.find((digit, i) => firsts.indexOf(digit) !== i) ?? '';
  assert.throws(() => s.engine.images.find(twice), { code: 'AMBIGUOUS_ID' });
  s.engine.images.tag('base', twice);
  assert.equal(s.engine.images.find(twice).id, s.base.configDigest);
});

test('short names of the libpod API: localhost, search registries, any registry, aliases', async () => {
  await using s = await scene();
  const rules: ShortNameRules = {
    searchRegistries: ['quay.io'],
    aliases: { al: 'docker.io/library/app' },
    mode: 'permissive',
  };
  const names = new SearchedNames(() => rules);
  const { images } = s.engine;
  assert.deepEqual(images.tag('base', 'mine', names).names, ['docker.io/library/base:latest', 'localhost/mine:latest']);
  assert.equal(images.find('mine', names).id, s.base.configDigest);
  assert.throws(() => images.find('mine'), { code: 'NO_SUCH_IMAGE' });
  images.tag('app:v1', 'quay.io/x/deep:1', names);
  assert.equal(images.find('deep:1', names).id, s.app.configDigest);
  assert.equal(images.find('x/deep:1', names).id, s.app.configDigest);
  assert.throws(() => images.find('eep:1', names), { code: 'NO_SUCH_IMAGE' });
  assert.equal(images.find('al:v1', names).id, s.app.configDigest);
  assert.deepEqual(names.remote({ path: 'z', tag: '1' }), [{ domain: 'quay.io', path: 'z', tag: '1' }]);
  const strict = new SearchedNames(() => ({ ...rules, searchRegistries: ['a.io', 'b.io'], mode: 'enforcing' }));
  assert.throws(() => strict.remote({ path: 'z' }), { code: 'INVALID_PARAMETER', message: /cannot prompt/ });
  const none = new SearchedNames(() => ({ ...rules, searchRegistries: [] }));
  assert.throws(() => none.remote({ path: 'z' }), {
    code: 'INVALID_PARAMETER',
    message: /did not resolve to an alias/,
  });
});

test('pull policies', async () => {
  await using s = await scene();
  s.registry.requests.length = 0;
  const never = await s.engine.pull('base', { policy: 'never' });
  const missing = await s.engine.pull('base', { policy: 'missing' });
  assert.equal(never.image.id, missing.image.id);
  assert.equal(s.registry.requests.length, 0);
  await assert.rejects(s.engine.pull('nosuch', { policy: 'never' }), { code: 'NO_SUCH_IMAGE' });
  const rebuilt = image({ layers: [], config: { Labels: { kind: 'new' } } });
  s.registry.serve('library/base', 'latest', rebuilt);
  const newer = await s.engine.pull('base', { policy: 'newer' });
  assert.equal(newer.changed, true);
  assert.equal(s.engine.images.find('base').id, rebuilt.configDigest);
  assert.deepEqual(s.engine.images.find(s.base.configDigest).names, []);
  s.registry.intercept = (_request, response) => {
    response.writeHead(404).end();
    return true;
  };
  assert.equal((await s.engine.pull('base', { policy: 'newer' })).changed, false);
  await assert.rejects(s.engine.pull('base', { policy: 'always' }), { code: 'MANIFEST_UNKNOWN' });
});

test('tags move, histories stay, and both survive a new start', async () => {
  await using s = await scene();
  const { images } = s.engine;
  images.tag('base', 'app:v1');
  assert.equal(images.find('app:v1').id, s.base.configDigest);
  assert.deepEqual(images.find(s.app.configDigest).names, []);
  assert.deepEqual(images.find(s.app.configDigest).namesHistory, ['docker.io/library/app:v1']);
  images.untag('base', ['app:v1']);
  assert.throws(() => images.find('app:v1'), { code: 'NO_SUCH_IMAGE' });
  assert.throws(() => images.untag('base', ['nosuch']), { code: 'NO_SUCH_IMAGE' });
  assert.throws(() => images.tag('base', `x@${s.app.digest}`), { code: 'INVALID_PARAMETER' });
  assert.deepEqual(s.engine.events, ['tag docker.io/library/app:v1', 'untag docker.io/library/app:v1']);
  await images.close();
  const again = bench({ root: s.engine.root, state: s.engine.state });
  assert.deepEqual(again.images.list(), images.list());
  await again.images.close();
  await again.registry.close();
});

test('filters', async () => {
  await using s = await scene();
  const { images } = s.engine;
  images.tag('base', 'quay.io/team/base:1');
  const ids = (filters: Parameters<typeof images.list>[0]) =>
    images.list(filters).map(({ config: { labels } }) => labels?.kind);
  assert.deepEqual(ids({}), ['app', 'base']);
  assert.deepEqual(ids({ reference: ['ba*'] }), ['base']);
  assert.deepEqual(ids({ reference: ['quay.io/*/base'] }), ['base']);
  assert.deepEqual(ids({ reference: ['*:v1', 'nosuch'] }), ['app']);
  assert.deepEqual(ids({ label: ['kind'] }), ['app', 'base']);
  assert.deepEqual(ids({ label: ['kind=app', 'tier'] }), ['app']);
  assert.deepEqual(ids({ label: ['kind=app', 'tier=db'] }), []);
  assert.deepEqual(ids({ labelNot: ['tier'] }), ['base']);
  assert.deepEqual(ids({ before: 'app:v1' }), ['base']);
  assert.deepEqual(ids({ since: 'base' }), ['app']);
  assert.deepEqual(ids({ until: Date.parse('2024-01-15T00:00:00Z') }), ['base']);
  assert.deepEqual(ids({ id: [short(s.app)] }), ['app']);
  assert.deepEqual(ids({ digest: [s.base.digest] }), ['base']);
  assert.deepEqual(ids({ dangling: true }), []);
  images.untag('base', []);
  assert.deepEqual(ids({ dangling: true }), ['base']);
  assert.throws(() => ids({ before: 'nosuch' }), { code: 'NO_SUCH_IMAGE' });
});

test('globs stop at slashes and are no regular expressions', () => {
  const matches = (pattern: string, name: string) => namePattern(pattern)(name);
  assert.ok(matches('busy[a-c]ox', 'docker.io/library/busybox:latest'));
  assert.ok(matches('busy[^x]ox:l?test', 'docker.io/library/busybox:latest'));
  assert.ok(!matches('*', 'quay.io/a/b:1'));
  assert.ok(matches('*/*/*', 'quay.io/a/b:1'));
  assert.ok(!matches('b.sybox', 'docker.io/library/busybox:latest'));
  assert.ok(!matches('[z-a]', 'docker.io/library/busybox:latest'));
});

test('removing the last name removes the image, its blobs and the layers nobody shares', async () => {
  await using s = await scene();
  const { images, snapshots, root } = s.engine;
  const chain = images.find('app:v1').layers.map(({ chainId }) => chainId);
  const removal = await images.remove('app:v1');
  assert.deepEqual(removal, {
    untagged: ['docker.io/library/app:v1', `docker.io/library/app@${s.app.digest}`],
    deleted: [{ id: s.app.configDigest, layers: [chain[1]] }],
  });
  assert.deepEqual([...snapshots.layers.keys()], [chain[0]]);
  const blobs = readdirSync(join(root, 'content', 'blobs', 'sha256')).sort();
  const expected = [s.base.digest, s.base.configDigest, ...s.base.layers.map(({ digest }) => digest)];
  assert.deepEqual(blobs, expected.map((digest) => digest.slice(7)).sort());
  assert.deepEqual(s.engine.events, [
    'untag docker.io/library/app:v1',
    `untag docker.io/library/app@${s.app.digest}`,
    `remove ${s.app.configDigest}`,
  ]);
});

test('one of two names goes alone', async () => {
  await using s = await scene();
  s.engine.images.tag('app:v1', 'app:v2');
  const removal = await s.engine.images.remove('app:v1');
  assert.deepEqual(removal, { untagged: ['docker.io/library/app:v1'], deleted: [] });
  assert.equal(s.engine.images.find('app:v2').id, s.app.configDigest);
});

const conflict = async (work: Promise<unknown>, message: string) =>
  assert.rejects(work, (error) => {
    assert.ok(isSelkieError(error, 'IMAGE_IN_USE'));
    assert.equal(error.message, message);
    return true;
  });

test('several repositories refer to it: by ID only with force', async () => {
  await using s = await scene();
  const { images } = s.engine;
  images.tag('app:v1', 'other:v1');
  const message = `conflict: unable to delete ${short(s.app)} (must be forced) - image is referenced in multiple repositories`;
  await conflict(images.remove(short(s.app)), message);
  assert.equal(images.find('app:v1').names.length, 2);
  const removal = await images.remove(short(s.app), { force: true });
  assert.equal(removal.untagged.length, 3);
  assert.equal(removal.deleted[0]?.id, s.app.configDigest);
});

test('a stopped container keeps its image unless forced, and its layers even then', async () => {
  await using s = await scene();
  const { images, snapshots } = s.engine;
  s.use(s.app, false);
  await conflict(
    images.remove('app:v1'),
    `conflict: unable to remove repository reference "app:v1" (must force) - container cccccccccccc is using its referenced image ${short(s.app)}`,
  );
  await conflict(
    images.remove(short(s.app)),
    `conflict: unable to delete ${short(s.app)} (must be forced) - image is being used by stopped container cccccccccccc`,
  );
  assert.deepEqual(images.find('app:v1').names, ['docker.io/library/app:v1']);
  const removal = await images.remove('app:v1', { force: true });
  assert.deepEqual(removal.deleted, [{ id: s.app.configDigest, layers: [] }]);
  assert.equal(snapshots.layers.size, 2);
  await images.garbageCollect(true);
  assert.equal(snapshots.layers.size, 2);
  s.engine.uses.length = 0;
  assert.deepEqual(await images.garbageCollect(true), { blobs: 0, layers: 1 });
});

test('a running container keeps its image whatever is asked', async () => {
  await using s = await scene();
  s.use(s.app, true);
  const message = `conflict: unable to delete ${short(s.app)} (cannot be forced) - image is being used by running container cccccccccccc`;
  await conflict(s.engine.images.remove(short(s.app), { force: true }), message);
  const byName = await s.engine.images.remove('app:v1', { force: true });
  assert.deepEqual(byName.deleted, []);
  assert.deepEqual(s.engine.images.find(s.app.configDigest).names, []);
});

test('collection finds what a crash left and leaves every image whole', async () => {
  await using s = await scene();
  const { images } = s.engine;
  const stray = await images.content.put(Buffer.from('stray'));
  assert.deepEqual(await images.garbageCollect(), { blobs: 1, layers: 0 });
  assert.ok(!images.content.has(stray));
  for (const record of images.list()) {
    for (const digest of [record.id, record.manifestDigest, ...record.layers.map((l) => l.digest)]) {
      assert.ok(existsSync(images.content.path(digest)));
    }
  }
});
