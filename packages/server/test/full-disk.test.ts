/** A disk that fills up while the service works. */
import assert from 'node:assert/strict';
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { MNT_DETACH, mount, umount2 } from '@selkie/native/mount';
import { type ImageSource, startImageSource } from '../../../conformance/support/images.ts';
import { startService } from '../../../conformance/support/service.ts';
import { TemporaryDirectory } from '../../../conformance/support/temporary.ts';

suite('a full disk', { timeout: 120_000 }, () => {
  let images: ImageSource;
  before(async () => {
    images = await startImageSource();
  });
  after(() => images[Symbol.asyncDispose]());

  test('is told to clients, ends nothing, and loses no exit', async () => {
    using scratch = new TemporaryDirectory('selkie-full-');
    using disk = smallDisk(scratch.path);
    await using service = await startService({ args: [...images.args, '--root', disk.path] });
    const pulled = await service.request('POST', '/images/create?fromImage=busybox&tag=latest');
    assert.match(pulled.text, /Downloaded newer image/);
    const body = { Image: 'busybox', Cmd: ['sh', '-c', 'trap "exit 9" TERM; while :; do sleep 0.05; done'] };
    const id = (await service.request('POST', '/containers/create', body)).string('Id');
    assert.equal((await service.request('POST', `/containers/${id}/start`)).status, 204);

    const ballast = join(disk.path, 'ballast');
    fill(ballast);
    using room = { [Symbol.dispose]: () => rmSync(ballast, { force: true }) };
    for (const path of ['/containers/create', '/libpod/containers/create']) {
      const refused = await service.request('POST', path, { Image: 'busybox', image: 'busybox' });
      assert.equal(refused.status, 500);
      assert.match(refused.string('message'), /no space left|the state cannot be written/);
    }
    assert.equal((await service.request('GET', '/containers/json?all=1')).at(0, 'Id'), id);
    const pid = Number((await service.request('GET', `/containers/${id}/json`)).at('State', 'Pid'));
    process.kill(pid, 'SIGTERM');
    const waited = service.request('POST', `/containers/${id}/wait`);
    await sleep(300);
    assert.equal((await service.request('GET', '/_ping')).status, 200);

    room[Symbol.dispose]();
    assert.equal((await waited).at('StatusCode'), 9);
    assert.equal((await service.request('POST', `/containers/${id}/start`)).status, 204);
    await service.request('DELETE', `/containers/${id}?force=1`);
    assert.equal((await service.request('GET', '/containers/json?all=1')).text.trim(), '[]');
  });
});

function smallDisk(path: string): Disposable & { readonly path: string } {
  mount({ source: 'tmpfs', target: path, type: 'tmpfs', data: 'size=24m' });
  return { path, [Symbol.dispose]: () => umount2(path, MNT_DETACH) };
}

/** To the last byte. */
function fill(path: string): void {
  const fd = openSync(path, 'w');
  try {
    for (let size = 1 << 20; size > 0; size >>= 1) {
      try {
        for (;;) if (writeSync(fd, Buffer.alloc(size)) < size) break;
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      }
    }
  } finally {
    closeSync(fd);
  }
}
