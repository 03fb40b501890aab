/** Things that happen to a container while something else is being done to it. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from '../../../conformance/support/http.ts';
import { type ImageSource, startImageSource } from '../../../conformance/support/images.ts';
import { type Service, startService } from '../../../conformance/support/service.ts';

suite('races', { timeout: 120_000 }, () => {
  let images: ImageSource;
  let service: Service;
  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
    const { status, text } = await service.request('POST', '/images/create?fromImage=busybox&tag=latest');
    assert.equal(status, 200, text);
  });
  after(async () => {
    await service[Symbol.asyncDispose]();
    await images[Symbol.asyncDispose]();
  });

  async function create(body: object): Promise<string> {
    const answer = await service.request('POST', '/containers/create', { Image: 'busybox', ...body });
    assert.equal(answer.status, 201, answer.text);
    return answer.string('Id');
  }

  async function start(id: string): Promise<void> {
    const { status, text } = await service.request('POST', `/containers/${id}/start`);
    assert.equal(status, 204, text);
  }

  async function remove(id: string): Promise<void> {
    const { status, text } = await service.request('DELETE', `/containers/${id}?force=1`);
    assert.equal(status, 204, text);
  }

  test('a container that removes itself at its end outlives its restart', async () => {
    const id = await create({ Cmd: ['sleep', '1000'], HostConfig: { AutoRemove: true } });
    await start(id);
    const pid = (await service.request('GET', `/containers/${id}/json`)).at('State', 'Pid');
    for (const path of [`/containers/${id}/restart?t=0`, `/libpod/containers/${id}/restart?t=0`]) {
      const { status, text } = await service.request('POST', path);
      assert.equal(status, 204, text);
    }
    const inspected = await service.request('GET', `/containers/${id}/json`);
    assert.equal(inspected.at('State', 'Running'), true);
    assert.notEqual(inspected.at('State', 'Pid'), pid);
    assert.equal((await service.request('POST', `/containers/${id}/stop?t=0`)).status, 204);
    await service.request('POST', `/containers/${id}/wait?condition=removed`);
    assert.equal((await service.request('GET', `/containers/${id}/json`)).status, 404);
  });

  test('containers that end while the service takes them up leave nothing of their networks', async () => {
    const pids: number[] = [];
    for (let n = 0; n < 12; n++) {
      const id = await create({
        Cmd: ['sleep', '1000'],
        HostConfig: { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: String(38500 + n) }] } },
      });
      await start(id);
      pids.push(Number((await service.request('GET', `/containers/${id}/json`)).at('State', 'Pid')));
    }
    await service.kill();
    // Answers before all of them have been taken up; they are ended one by one meanwhile.
    const starting = service.start();
    for (const pid of pids) {
      await sleep(15);
      process.kill(pid, 'SIGKILL');
    }
    await starting;
    for (;;) {
      const running = await service.request('GET', '/containers/json');
      if (service.log.includes('"message":"ready"') && running.text.trim() === '[]') break;
      await sleep(20);
    }
    assert.doesNotMatch(service.log, /"level":"error"/);
    // The ports can be had again, by others.
    const id = await create({
      Cmd: ['sleep', '1000'],
      HostConfig: {
        PortBindings: { '80/tcp': pids.map((_, n) => ({ HostIp: '127.0.0.1', HostPort: `${38500 + n}` })) },
      },
    });
    await start(id);
  });

  test('a network is not taken from under a container that is being started on it', async () => {
    for (let n = 0; n < 6; n++) {
      assert.equal((await service.request('POST', '/networks/create', { Name: 'wanted' })).status, 201);
      const id = await create({ Cmd: ['sleep', '1000'], HostConfig: { NetworkMode: 'wanted' } });
      const starting = request(service.socket, 'POST', `/containers/${id}/start`);
      await sleep(n * 4);
      const removed = await service.request('DELETE', '/networks/wanted');
      const started = await starting;
      // One of the two has its way, and the other is told.
      assert.deepEqual(
        [removed.status, started.status].sort(),
        removed.status === 204 ? [204, 404] : [204, 403].sort(),
        `${removed.text} ${started.text}`,
      );
      await remove(id);
      if (removed.status !== 204) assert.equal((await service.request('DELETE', '/networks/wanted')).status, 204);
    }
  });

  test('stopping a container that waits for its next try to start stops the tries', async () => {
    const id = await create({ Cmd: ['false'], HostConfig: { RestartPolicy: { Name: 'always' } } });
    await start(id);
    const restarts = async () => Number((await service.request('GET', `/containers/${id}/json`)).at('RestartCount'));
    while ((await restarts()) < 2) await sleep(20);
    await Promise.all([1, 2, 3].map(() => service.request('POST', `/containers/${id}/stop?t=0`)));
    const stopped = await restarts();
    await sleep(1500);
    assert.equal(await restarts(), stopped);
    const removals = await Promise.all([1, 2, 3].map(() => service.request('DELETE', `/containers/${id}?force=1`)));
    assert.ok(removals.every(({ status }) => status === 204 || status === 404));
    assert.equal((await service.request('GET', `/containers/${id}/json`)).status, 404);
  });

  test('a time no timer can be set to is a long one, and not none', async () => {
    const script = 'trap "exit 7" TERM; echo ready; while :; do sleep 0.05; done';
    const id = await create({ Cmd: ['sh', '-c', script] });
    await start(id);
    while (!(await service.request('GET', `/containers/${id}/logs?stdout=1`)).text.includes('ready')) await sleep(20);
    assert.equal((await service.request('POST', `/containers/${id}/stop?t=9999999999`)).status, 204);
    assert.equal((await service.request('GET', `/containers/${id}/json`)).at('State', 'ExitCode'), 7);
    await remove(id);
  });

  test('a container whose monitor was killed is known to have ended once its process has', async () => {
    const id = await create({ Cmd: ['sleep', '1000'] });
    await start(id);
    const pid = (await service.request('GET', `/containers/${id}/json`)).at('State', 'Pid');
    process.kill(Number(readFileSync(join(service.runroot, 'bundles', id, 'conmon.pid'), 'utf8')), 'SIGKILL');
    process.kill(Number(pid), 'SIGKILL');
    assert.equal((await service.request('POST', `/containers/${id}/wait`)).at('StatusCode'), 255);
    assert.equal((await service.request('DELETE', `/containers/${id}`)).status, 204);
  });

  test('an exec whose monitor was killed with the service has ended when it comes back', async () => {
    const id = await create({ Cmd: ['sleep', '1000'] });
    await start(id);
    const exec = (await service.request('POST', `/containers/${id}/exec`, { Cmd: ['sleep', '999'] })).string('Id');
    const started = await service.request('POST', `/exec/${exec}/start`, { Detach: true });
    assert.equal(started.status, 200, started.text);
    const directory = join(service.runroot, 'bundles', id, 'exec', exec);
    await service.kill();
    process.kill(Number(readFileSync(join(directory, 'conmon.pid'), 'utf8')), 'SIGKILL');
    await service.start();
    for (let tries = 0; tries < 100; tries++) {
      if ((await service.request('GET', `/exec/${exec}/json`)).at('Running') === false) break;
      await sleep(50);
    }
    const inspected = await service.request('GET', `/exec/${exec}/json`);
    assert.deepEqual([inspected.at('Running'), inspected.at('ExitCode')], [false, 137]);
    await remove(id);
  });
});
