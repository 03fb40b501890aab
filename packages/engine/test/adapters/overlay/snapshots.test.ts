import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { mountsBelow, SnapshotsFixture } from '../../support/snapshots.ts';
import { type Member, tar } from '../../support/tar.ts';

const { signal } = new AbortController();
const file = (name: string, data = 'data'): Member => ({ name, data });
const directory = (name: string): Member => ({ name, type: '5' });

describe('mounting', () => {
  it('shows layers merged: upper ones win, whiteouts hide, opaque directories start anew', async () => {
    await using fixture = new SnapshotsFixture();
    const chain = await fixture.stack(
      tar(
        { name: '.', type: '5', mode: 0o750 },
        file('base'),
        file('same', '1'),
        directory('d'),
        file('d/old'),
        directory('o'),
        file('o/old'),
        file('gone'),
        directory('dead'),
        file('dead/x'),
      ),
      tar(
        file('same', '2'),
        directory('d'),
        file('d/new'),
        directory('o'),
        file('o/.wh..wh..opq'),
        file('o/new'),
        file('.wh.gone'),
        file('.wh.dead'),
      ),
      tar(file('same', '3'), directory('dead'), file('dead/y'), file('d/.wh.old')),
    );
    const root = fixture.snapshots.mount('c1', chain);
    assert.deepEqual(readdirSync(root).sort(), ['base', 'd', 'dead', 'o', 'same']);
    assert.equal(readFileSync(join(root, 'same'), 'utf8'), '3');
    assert.deepEqual(readdirSync(join(root, 'd')), ['new']);
    assert.deepEqual(readdirSync(join(root, 'o')), ['new']);
    assert.deepEqual(readdirSync(join(root, 'dead')), ['y']);
    assert.equal(lstatSync(root).mode & 0o7777, 0o750);
  });

  it('happens once, and what was written stays over unmounts', async () => {
    await using fixture = new SnapshotsFixture();
    const chain = await fixture.stack(tar(file('a')));
    const root = fixture.snapshots.mount('c1', chain);
    assert.equal(fixture.snapshots.mount('c1', chain), root);
    assert.equal(fixture.restarted().mount('c1', chain), root);
    assert.equal(mountsBelow(fixture.root).filter((target) => target === root).length, 1);
    writeFileSync(join(root, 'written'), 'x');
    rmSync(join(root, 'a'));
    fixture.snapshots.unmount('c1');
    fixture.snapshots.unmount('c1');
    assert.deepEqual(readdirSync(root), []);
    assert.deepEqual(readdirSync(fixture.snapshots.upperDir('c1')).sort(), ['a', 'written']);
    fixture.snapshots.mount('c1', chain);
    assert.deepEqual(readdirSync(root), ['written']);
  });

  it('works without layers, and with as many as an image may have below a long path', async () => {
    await using fixture = new SnapshotsFixture();
    assert.deepEqual(readdirSync(fixture.snapshots.mount('scratch', [])), []);
    const deep = join(fixture.root, 'x'.repeat(200), 'with:colon,comma\\backslash');
    mkdirSync(deep, { recursive: true });
    await using long = new SnapshotsFixture(deep);
    const chain = await long.stack(...Array.from({ length: 127 }, (_, i) => tar(file(`f${i}`), file('same', `${i}`))));
    const root = long.snapshots.mount('c1', chain);
    assert.equal(readdirSync(root).length, 128);
    assert.equal(readFileSync(join(root, 'same'), 'utf8'), '126');
  });

  it('is not seen by mount namespaces of others', async () => {
    await using fixture = new SnapshotsFixture();
    const chain = await fixture.stack(tar(file('a')));
    const other = spawn('unshare', [
      '--mount',
      '--propagation',
      'slave',
      'sh',
      '-c',
      'echo; read x; cat /proc/self/mountinfo',
    ]);
    await once(other.stdout, 'data');
    const root = fixture.snapshots.mount('c1', chain);
    const line = readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .find((mounted) => mounted.includes(` ${root} `));
    assert.doesNotMatch(line ?? 'missing', /shared:|missing/);
    other.stdin.end('\n');
    const seen: string = (await other.stdout.toArray()).join('');
    assert.ok(seen.includes(' / ') && !seen.includes(root));
  });

  it('refuses layers that are not there', async () => {
    await using fixture = new SnapshotsFixture();
    assert.throws(() => fixture.snapshots.mount('c1', ['sha256:none']), { code: 'INTERNAL' });
  });

  it('unmounts what is still in use', async () => {
    await using fixture = new SnapshotsFixture();
    const root = fixture.snapshots.mount('c1', await fixture.stack(tar(file('a'))));
    const user = spawn('sh', ['-c', 'echo; read x'], { cwd: root });
    await once(user.stdout, 'data');
    await fixture.snapshots.remove('c1');
    assert.ok(!mountsBelow(fixture.root).includes(root));
    assert.ok(!existsSync(join(fixture.root, 'containers/c1')));
    user.stdin.end();
    await once(user, 'exit');
  });
});

describe('removing', () => {
  it('deletes a writable layer, small or large, and only that', async () => {
    await using fixture = new SnapshotsFixture();
    const chain = await fixture.stack(tar(file('a')));
    const base = join(fixture.root, 'containers/c1');
    for (const count of [1, 500]) {
      const root = fixture.snapshots.mount('c1', chain);
      for (let i = 0; i < count; i++) writeFileSync(join(root, `${i}`), '');
      writeFileSync(join(base, 'log'), '');
      await fixture.snapshots.remove('c1');
      await fixture.snapshots.remove('c1');
      assert.deepEqual(readdirSync(base), ['log']);
    }
    rmSync(join(base, 'log'));
    await fixture.snapshots.remove('c1');
    assert.ok(!existsSync(base));
    assert.deepEqual(readdirSync(join(fixture.root, 'snapshots')).length, 2);
  });

  it('deletes one layer, at once for find', async () => {
    await using fixture = new SnapshotsFixture();
    const [chainId = ''] = await fixture.stack(tar(file('a')));
    const removed = fixture.snapshots.removeLayer(chainId);
    assert.equal(fixture.snapshots.find(chainId), undefined);
    await removed;
    await fixture.snapshots.removeLayer(chainId);
    assert.deepEqual(readdirSync(join(fixture.root, 'snapshots')), ['0']);
  });
});

describe('holding a root', () => {
  const mounted = (fixture: SnapshotsFixture) => mountsBelow(fixture.root).some((path) => path.endsWith('/c1/root'));

  it('mounts it for as long as anybody works on it', async () => {
    await using fixture = new SnapshotsFixture();
    const chainIds = await fixture.stack(tar(file('a')));
    const first = fixture.snapshots.hold('c1', chainIds);
    const second = fixture.snapshots.hold('c1', chainIds);
    assert.ok(readdirSync(first.path).includes('a'));
    first[Symbol.dispose]();
    assert.ok(mounted(fixture));
    second[Symbol.dispose]();
    assert.ok(!mounted(fixture));
  });

  it('leaves mounted what was, and what has been mounted meanwhile', async () => {
    await using fixture = new SnapshotsFixture();
    const chainIds = await fixture.stack(tar(file('a')));
    {
      using held = fixture.snapshots.hold('c1', chainIds);
      assert.equal(fixture.snapshots.mount('c1', chainIds), held.path);
    }
    assert.ok(mounted(fixture));
    fixture.snapshots.hold('c1', chainIds)[Symbol.dispose]();
    assert.ok(mounted(fixture));
  });

  it('puts an unmount off until the work is done', async () => {
    await using fixture = new SnapshotsFixture();
    const chainIds = await fixture.stack(tar(file('a')));
    fixture.snapshots.mount('c1', chainIds);
    {
      using held = fixture.snapshots.hold('c1', chainIds);
      fixture.snapshots.unmount('c1');
      assert.ok(readdirSync(held.path).includes('a'));
    }
    assert.ok(!mounted(fixture));
  });

  it('does not keep a container from being removed', async () => {
    await using fixture = new SnapshotsFixture();
    using _held = fixture.snapshots.hold('c1', await fixture.stack(tar(file('a'))));
    await fixture.snapshots.remove('c1');
    assert.ok(!mounted(fixture));
  });
});

describe('usage', () => {
  it('adds up what the container wrote, linked files once', async () => {
    await using fixture = new SnapshotsFixture();
    assert.deepEqual(await fixture.snapshots.usage('c1', signal), { size: 0, inodes: 0 });
    const root = fixture.snapshots.mount('c1', await fixture.stack(tar(file('a'), file('b'))));
    mkdirSync(join(root, 'd/e'), { recursive: true });
    writeFileSync(join(root, 'd/e/f'), 'x'.repeat(1000));
    const { linkSync } = await import('node:fs');
    linkSync(join(root, 'd/e/f'), join(root, 'd/g'));
    symlinkSync('/etc/passwd', join(root, 'l'));
    symlinkSync('/etc', join(root, 'etc'));
    rmSync(join(root, 'a'));
    // d, d/e, the linked file, two links, and the whiteout of a.
    assert.deepEqual(await fixture.snapshots.usage('c1', signal), { size: 1000 + 11 + 4, inodes: 6 });
    await assert.rejects(fixture.snapshots.usage('c1', AbortSignal.abort(new Error('enough'))), /enough/);
  });
});

describe('sweeping', () => {
  it('removes layers nobody wants, half-unpacked ones, and roots of containers that are gone', async () => {
    await using fixture = new SnapshotsFixture();
    const [kept = '', dropped = ''] = [
      ...(await fixture.stack(tar(file('a')))),
      ...(await fixture.stack(tar(file('b')))),
    ];
    fixture.snapshots.mount('c1', [kept]);
    const orphan = fixture.snapshots.mount('c2', [dropped]);
    const snapshots = join(fixture.root, 'snapshots');
    mkdirSync(join(snapshots, 'ingest-77/etc'), { recursive: true });
    mkdirSync(join(snapshots, '78/etc'), { recursive: true });
    const next = fixture.restarted();
    await next.sweep(new Set([kept]), new Set(['c1']));
    assert.deepEqual(readdirSync(snapshots).sort(), ['0', next.find(kept)]);
    assert.equal(next.find(dropped), undefined);
    assert.deepEqual(readdirSync(join(fixture.root, 'containers')), ['c1']);
    assert.ok(!mountsBelow(fixture.root).includes(orphan));
    assert.deepEqual(
      fixture.state
        .collection('snapshots')
        .entries()
        .map(([key]) => key),
      [kept],
    );
  });

  it('leaves alone what is being unpacked', async () => {
    await using fixture = new SnapshotsFixture();
    const layer = fixture.layer(tar(...Array.from({ length: 3000 }, (_, i) => file(`${i}`))));
    const unpacked = fixture.snapshots.unpack(layer, signal);
    while (readdirSync(join(fixture.root, 'snapshots')).length === 1)
      await new Promise((resolve) => setTimeout(resolve, 1));
    await fixture.snapshots.sweep(new Set(), new Set());
    await unpacked;
    const key = fixture.snapshots.find(layer.chainId) ?? '';
    assert.equal(readdirSync(join(fixture.root, 'snapshots', key)).length, 3000);
  });

  it('clears up after a service that was killed while unpacking', async () => {
    await using fixture = new SnapshotsFixture();
    const layer = fixture.layer(tar(...Array.from({ length: 50_000 }, (_, i) => file(`${i}`))));
    const script = `
      import { OverlaySnapshots } from '${new URL('../../../src/adapters/overlay/snapshots.ts', import.meta.url)}';
      import { MemoryStateStore } from '${new URL('../../support/memory-state.ts', import.meta.url)}';
      const snapshots = new OverlaySnapshots({ root: '${fixture.root}', state: new MemoryStateStore() });
      await snapshots.unpack(${JSON.stringify(layer)}, new AbortController().signal);`;
    const service = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], { stdio: 'inherit' });
    const snapshots = join(fixture.root, 'snapshots');
    const begun = () =>
      readdirSync(snapshots).some((name) => name !== '0' && readdirSync(join(snapshots, name)).length > 100);
    while (!begun() && service.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 2));
    service.kill('SIGKILL');
    await once(service, 'exit');
    assert.deepEqual(readdirSync(snapshots).sort(), ['0', 'ingest-1']);
    const next = fixture.restarted();
    assert.equal(next.find(layer.chainId), undefined);
    await next.sweep(new Set(), new Set());
    assert.deepEqual(readdirSync(snapshots), ['0']);
  });
});
