import assert from 'node:assert/strict';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { OverlaySnapshots } from '../../../src/adapters/overlay/snapshots.ts';
import { DEFAULT_LIMITS } from '../../../src/archive/extract.ts';
import { SnapshotsFixture } from '../../support/snapshots.ts';
import { type Member, tar } from '../../support/tar.ts';

const { signal } = new AbortController();
const file = (name: string, data: string | Buffer = 'data'): Member => ({ name, data });
const directories = ({ root }: SnapshotsFixture) => readdirSync(join(root, 'snapshots'));

describe('unpacking a layer', () => {
  it('commits it under its chain ID, for this service and the next', async () => {
    await using fixture = new SnapshotsFixture();
    const layer = fixture.layer(tar(file('a', '12345')));
    assert.equal(fixture.snapshots.find(layer.chainId), undefined);
    assert.deepEqual(await fixture.snapshots.unpack(layer, signal), { diffId: layer.diffId, size: 5, tarSize: 2048 });
    const key = fixture.snapshots.find(layer.chainId);
    assert.ok(key);
    assert.deepEqual(readdirSync(join(fixture.root, 'snapshots', key)), ['a']);
    assert.equal(fixture.restarted().find(layer.chainId), key);
    assert.deepEqual(await fixture.restarted().unpack(layer, signal), { diffId: layer.diffId, size: 5, tarSize: 2048 });
  });

  it('goes by the content, whatever the media type says, and hashes what is compressed', async () => {
    await using fixture = new SnapshotsFixture();
    const archive = tar(file('a'));
    const half = archive.length / 2;
    const members = Buffer.concat([gzipSync(archive.subarray(0, half)), gzipSync(archive.subarray(half))]);
    const frames = Buffer.concat([
      Buffer.from('502a4d1804000000beefbeef', 'hex'),
      zstdCompressSync(archive.subarray(0, half)),
      zstdCompressSync(archive.subarray(half)),
    ]);
    for (const blob of [archive, gzipSync(archive), members, zstdCompressSync(archive), frames]) {
      const layer = fixture.layer(blob, archive);
      await fixture.snapshots.unpack(layer, signal);
      await fixture.snapshots.removeLayer(layer.chainId);
    }
  });

  it('leaves nothing behind when the layer is bad, is another, or is given up', async () => {
    await using fixture = new SnapshotsFixture();
    const refused = async (blob: Buffer, expected: object, abort?: AbortSignal) => {
      const layer = fixture.layer(blob, tar(file('expected')));
      await assert.rejects(fixture.snapshots.unpack(layer, abort ?? signal), expected);
      assert.equal(fixture.snapshots.find(layer.chainId), undefined);
      assert.deepEqual(directories(fixture), ['0']);
    };
    await refused(tar(file('fine'), file('../out')), {
      code: 'BAD_LAYER',
      message: /"\.\.\/out": the path leads out of the root/,
    });
    await refused(gzipSync(tar(file('x'))).subarray(0, -10), { code: 'BAD_LAYER', message: /damaged gzip data/ });
    await refused(Buffer.alloc(1024, '1'), { code: 'BAD_LAYER', message: /not a tar header/ });
    await refused(tar(file('other')), { code: 'DIGEST_MISMATCH' });
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);
    const large = tar(...Array.from({ length: 20_000 }, (_, i) => file(`f${i}`)));
    await refused(large, { code: 'CANCELLED' }, controller.signal);
  });

  it('reports a blob that is not there as trouble of the host', async () => {
    await using fixture = new SnapshotsFixture();
    const layer = { ...fixture.layer(tar(file('x'))), blobPath: join(fixture.root, 'missing') };
    await assert.rejects(fixture.snapshots.unpack(layer, signal), { code: 'HOST', message: /ENOENT/ });
    assert.deepEqual(directories(fixture), ['0']);
  });

  it('keeps to the limits it was given', async () => {
    await using fixture = new SnapshotsFixture();
    const limits = { ...DEFAULT_LIMITS, maxEntries: 2 };
    await using snapshots = new OverlaySnapshots({ root: fixture.root, state: fixture.state, limits });
    const layer = fixture.layer(tar(file('a'), file('b'), file('c')));
    await assert.rejects(snapshots.unpack(layer, signal), { code: 'BAD_LAYER', message: /too many members/ });
  });

  it('does a layer once when two pulls want it, and its parent first', async () => {
    await using fixture = new SnapshotsFixture();
    const base = fixture.layer(tar({ name: 'tmp/', type: '5', mode: 0o1777, uid: 5 }, file('a')));
    const archive = tar(file('tmp/x'), file('new/y'));
    const top = fixture.layer(archive, archive, base);
    const results = await Promise.all([base, top, base, top].map((layer) => fixture.snapshots.unpack(layer, signal)));
    assert.deepEqual(results[0], results[2]);
    assert.deepEqual(results[1], results[3]);
    assert.equal(directories(fixture).length, 3);
    // A directory the top layer has no member for keeps what it is below, or gets the usual mode.
    const key = fixture.snapshots.find(top.chainId) ?? '';
    const of = (name: string) => lstatSync(join(fixture.root, 'snapshots', key, name));
    assert.equal(of('tmp').mode & 0o7777, 0o1777);
    assert.equal(of('tmp').uid, 5);
    assert.equal(of('tmp').mtimeMs, 1e12);
    assert.equal(of('new').mode & 0o7777, 0o755);
  });

  it('one pull giving up does not take the layer from another', async () => {
    await using fixture = new SnapshotsFixture();
    const archive = tar(...Array.from({ length: 5_000 }, (_, i) => file(`f${i}`)));
    const layer = fixture.layer(archive);
    const controller = new AbortController();
    const first = fixture.snapshots.unpack(layer, controller.signal);
    const second = fixture.snapshots.unpack(layer, signal);
    controller.abort();
    await assert.rejects(first);
    assert.equal((await second).diffId, layer.diffId);
    assert.ok(fixture.snapshots.find(layer.chainId));
  });

  it('refuses a layer whose parent is not there', async () => {
    await using fixture = new SnapshotsFixture();
    const base = fixture.layer(tar(file('a')));
    const archive = tar(file('b'));
    await assert.rejects(fixture.snapshots.unpack(fixture.layer(archive, archive, base), signal), { code: 'INTERNAL' });
    assert.deepEqual(directories(fixture), ['0']);
  });
});
