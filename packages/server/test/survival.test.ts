/** What a service that is killed, or asked for much at once, must not lose. */
import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ImageSource, startImageSource } from '../../../conformance/support/images.ts';
import { type Service, startService } from '../../../conformance/support/service.ts';

const LIMITS = { Ulimits: [{ Name: 'nofile', Soft: 1024, Hard: 1024 }] };

suite('survival', { timeout: 300_000 }, () => {
  let images: ImageSource;
  before(async () => {
    images = await startImageSource();
  });
  after(() => images[Symbol.asyncDispose]());

  async function serviceWithImage(): Promise<Service> {
    const service = await startService({ args: images.args });
    const { status, text: said } = await service.request('POST', '/images/create?fromImage=busybox&tag=latest');
    assert.equal(status, 200, said);
    return service;
  }

  async function run(service: Service, name: string, script: string): Promise<string> {
    const body = { Image: 'busybox', Cmd: ['sh', '-c', script], HostConfig: LIMITS };
    const created = await service.request('POST', `/containers/create?name=${name}`, body);
    const id = created.string('Id');
    assert.equal((await service.request('POST', `/containers/${id}/start`)).status, 204);
    return id;
  }

  const pidOf = async (service: Service, id: string) =>
    (await service.request('GET', `/containers/${id}/json`)).at('State', 'Pid');

  test('killed while 50 containers run, a pull is under way and an exec is open: nothing is lost', async () => {
    await using service = await serviceWithImage();
    const lasting: string[] = [];
    for (let i = 0; i < 40; i++) lasting.push(await run(service, `lasting-${i}`, 'exec sleep 1000'));
    const counting: string[] = [];
    for (let i = 0; i < 10; i++) {
      counting.push(
        await run(
          service,
          `counting-${i}`,
          `n=0; while [ $n -lt 30 ]; do echo line $n; n=$((n+1)); sleep 0.1; done; exit ${i + 10}`,
        ),
      );
    }
    const all = [...lasting, ...counting];
    const before = await Promise.all(all.map((id) => pidOf(service, id)));
    const exec = (
      await service.request('POST', `/containers/${lasting[0]}/exec`, {
        Cmd: ['sh', '-c', 'sleep 3; exit 23'],
        AttachStdout: true,
      })
    ).string('Id');
    const hijacked = await service.hijack(`/exec/${exec}/start`, {});
    hijacked.socket.on('error', () => {});
    const pull = service.open('POST', '/images/create?fromImage=alpine&tag=3.10').catch(() => undefined);

    await service.kill();
    await pull;
    await service.start();

    const still = await Promise.all(lasting.map((id) => pidOf(service, id)));
    assert.deepEqual(still, before.slice(0, lasting.length), 'the same processes');
    for (const [i, id] of counting.entries()) {
      const waited = await service.request('POST', `/containers/${id}/wait`);
      assert.equal(waited.at('StatusCode'), i + 10);
      const logs = await service.request('GET', `/containers/${id}/logs?stdout=1`);
      const lines = logs.body.toString('latin1').match(/line \d+/g) ?? [];
      assert.deepEqual(
        lines,
        Array.from({ length: 30 }, (_, n) => `line ${n}`),
      );
    }
    let inspected = await service.request('GET', `/exec/${exec}/json`);
    for (let tries = 0; inspected.at('Running') === true && tries < 100; tries++) {
      await sleep(100);
      inspected = await service.request('GET', `/exec/${exec}/json`);
    }
    assert.equal(inspected.at('ExitCode'), 23, 'the exit code of the exec');
    const again = await service.request('POST', '/images/create?fromImage=alpine&tag=3.10');
    assert.match(again.text, /Digest: sha256:/);
  });

  test('an exit while the service is away is found, with its code, when it comes back', async () => {
    await using service = await serviceWithImage();
    const id = await run(service, 'short', 'sleep 0.5; exit 42');
    const gone = await run(service, 'gone', 'exec sleep 1000');
    const pid = await pidOf(service, gone);
    await service.kill();
    if (typeof pid === 'number') process.kill(pid, 'SIGKILL');
    await sleep(1500);
    await service.start();
    const states = await Promise.all(
      [id, gone].map(async (each) => (await service.request('POST', `/containers/${each}/wait`)).at('StatusCode')),
    );
    assert.deepEqual(states, [42, 137]);
  });

  test('200 containers created, started and removed in parallel: no error, nothing left', async () => {
    await using service = await serviceWithImage();
    const failures: string[] = [];
    const life = async (n: number) => {
      const created = await service.request('POST', `/containers/create?name=many-${n}`, {
        Image: 'busybox',
        Cmd: ['true'],
        HostConfig: LIMITS,
      });
      if (created.status !== 201) return void failures.push(created.text);
      const id = created.string('Id');
      for (const [method, path, wanted] of [
        ['POST', `/containers/${id}/start`, 204],
        ['POST', `/containers/${id}/wait`, 200],
        ['DELETE', `/containers/${id}?v=1`, 204],
      ] as const) {
        const answer = await service.request(method, path);
        if (answer.status !== wanted) failures.push(`${method} ${path}: ${answer.status} ${answer.text}`);
      }
    };
    await Promise.all(Array.from({ length: 200 }, (_, n) => life(n)));
    assert.deepEqual(failures, []);
    assert.equal((await service.request('GET', '/containers/json?all=1')).text.trim(), '[]');
  });

  test('a graceful stop leaves containers running and attach works again after it', async () => {
    await using service = await serviceWithImage();
    const id = await run(service, 'echoing', 'exec sleep 1000');
    const pid = await pidOf(service, id);
    await service.restart();
    assert.equal(await pidOf(service, id), pid);
    const exec = (
      await service.request('POST', `/containers/${id}/exec`, { Cmd: ['echo', 'back'], AttachStdout: true })
    ).string('Id');
    const { socket } = await service.hijack(`/exec/${exec}/start`, {});
    assert.match(await text(socket), /back/);
  });

  test('a second service on the same root is refused, one on another root lives beside it', async () => {
    await using first = await serviceWithImage();
    await using second = await serviceWithImage();
    await run(first, 'same-name', 'exec sleep 1000');
    await run(second, 'same-name', 'exec sleep 1000');
    await assert.rejects(startService({ args: ['--root', first.root] }), /another service is using the state root/);
  });
});
