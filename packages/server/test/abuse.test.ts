/** Clients that go away at the worst moment, many at once, and a service that is killed in the midst: it holds no more after than before. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { member, request } from '../../../conformance/support/http.ts';
import { type ImageSource, startImageSource } from '../../../conformance/support/images.ts';
import { cgroupsOf } from '../../../conformance/support/leaks.ts';
import { processes } from '../../../conformance/support/processes.ts';
import { type Service, startService } from '../../../conformance/support/service.ts';
import { networkLeaks } from '../../engine/test/support/leaks.ts';

/** How many times more than usual everything is done: the long run is for a machine with time. */
const SCALE = Number(process.env.SELKIE_ABUSE ?? 1);
const SETTLE_MS = 10_000;

suite('abuse', { timeout: 120_000 * SCALE }, () => {
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

  async function run(name: string, script: string, more: object = {}): Promise<string> {
    const body = { Image: 'busybox', Cmd: ['sh', '-c', script], HostConfig: { NetworkMode: 'none' }, ...more };
    const created = await service.request('POST', `/containers/create?name=${name}`, body);
    assert.equal(created.status, 201, created.text);
    const started = await service.request('POST', `/containers/${name}/start`);
    assert.equal(started.status, 204, started.text);
    return created.string('Id');
  }

  const remove = async (id: string) =>
    assert.equal((await service.request('DELETE', `/containers/${id}?force=1&v=1`)).status, 204);

  /** Opens a stream, reads nothing and cuts it after a while. */
  async function abandon(method: string, path: string, after: number, body?: object): Promise<void> {
    const signal = AbortSignal.timeout(after);
    const stream = await service.open(method, path, body, { signal }).catch(() => undefined);
    stream?.on('error', () => {}).resume();
    await sleep(after + 1);
    stream?.destroy();
  }

  /** Runs it and holds what the service has open and running before against what it has once all has settled. */
  async function holdsNoMore(work: () => Promise<unknown>): Promise<void> {
    const before = holdings(service.pid);
    const said = service.log.length;
    await work();
    const deadline = performance.now() + SETTLE_MS;
    while (!isWithin(holdings(service.pid), before) && performance.now() < deadline) await sleep(50);
    const after = holdings(service.pid);
    assert.ok(isWithin(after, before), `held ${JSON.stringify(before)} before and ${JSON.stringify(after)} after`);
    assert.equal((await service.request('GET', '/_ping')).status, 200);
    assert.deepEqual(failuresIn(service.log.slice(said)), []);
  }

  test('exec sessions whose client leaves at any moment', async () => {
    await holdsNoMore(async () => {
      const id = await run('execs', 'exec sleep 1000');
      await many(60 * SCALE, 6, async (n) => {
        const script = n % 3 ? 'echo hello' : 'exec sleep 1000';
        const body = { Cmd: ['sh', '-c', script], AttachStdout: true, AttachStdin: n % 2 === 0, Tty: n % 5 === 0 };
        const exec = (await service.request('POST', `/containers/${id}/exec`, body)).string('Id');
        if (n % 4 > 0) await abandon('POST', `/exec/${exec}/start`, (n * 7) % 60, {});
      });
      // The processes themselves go with their container.
      await remove(id);
      assert.deepEqual(tracesOf(service, id), []);
    });
  });

  test('attached clients that leave at any moment, before and after the start', async () => {
    const id = await run('attached', 'while :; do echo line; sleep 0.01; done');
    await holdsNoMore(() =>
      many(100 * SCALE, 20, async (n) => {
        const { socket } = await service.hijack(`/containers/${id}/attach?stream=1&stdout=1&stdin=${n % 2}`);
        socket.on('error', () => {});
        await sleep((n * 3) % 40);
        socket.destroy();
      }),
    );
    await remove(id);
    const created = await service.request('POST', '/containers/create', { Image: 'busybox', Cmd: ['true'] });
    const waiting = created.string('Id');
    await holdsNoMore(() =>
      many(50 * SCALE, 10, (n) => abandon('POST', `/containers/${waiting}/attach?stream=1&stdout=1`, n % 10)),
    );
    assert.equal((await service.request('POST', `/containers/${waiting}/start`)).status, 204);
    await service.request('POST', `/containers/${waiting}/wait`);
    await remove(waiting);
  });

  test('a client that reads nothing of much output costs the service nothing', async () => {
    const id = await run('flood', 'yes', { HostConfig: { NetworkMode: 'none', LogConfig: { Type: 'none' } } });
    const { socket } = await service.hijack(`/containers/${id}/attach?stream=1&stdout=1`);
    socket.pause();
    await sleep(500);
    const early = residentMiB(service.pid);
    await sleep(1500 * SCALE);
    const late = residentMiB(service.pid);
    socket.destroy();
    assert.ok(late - early < 30, `${early} MiB, then ${late}`);
    await remove(id);
  });

  test('logs, events and statistics that nobody reads to the end', async () => {
    const id = await run('watched', 'while :; do echo line; sleep 0.01; done');
    await holdsNoMore(() =>
      many(60 * SCALE, 15, (n) => {
        const paths = [`/containers/${id}/logs?follow=1&stdout=1`, '/events', `/containers/${id}/stats`];
        return abandon('GET', paths[n % paths.length] ?? '', (n * 5) % 50);
      }),
    );
    assert.equal((await service.request('GET', '/info')).at('NEventsListener'), 0);
    await remove(id);
  });

  test('a terminal that never stops changing its size', async () => {
    const id = await run('sized', 'exec sleep 1000', { Tty: true });
    await holdsNoMore(() =>
      many(200 * SCALE, 10, async (n) => {
        const { status, text } = await service.request('POST', `/containers/${id}/resize?h=${n % 99}&w=${n % 77}`);
        assert.equal(status, 200, text);
      }),
    );
    await remove(id);
  });

  test('everything done to one container at once', async () => {
    const verbs = (name: string) =>
      [
        ['POST', `/containers/${name}/start`, [204, 304, 404, 409]],
        ['POST', `/containers/${name}/stop?t=0`, [204, 304, 404]],
        ['POST', `/containers/${name}/kill`, [204, 404, 409]],
        ['POST', `/containers/${name}/restart?t=0`, [204, 404, 409]],
        ['POST', `/containers/${name}/pause`, [204, 404, 409]],
        ['POST', `/containers/${name}/unpause`, [204, 404, 409]],
        ['DELETE', `/containers/${name}?force=1`, [204, 404, 409]],
        ['DELETE', `/containers/${name}`, [204, 404, 409]],
        ['POST', `/containers/${name}/wait`, [200, 404]],
        ['POST', `/containers/${name}/rename?name=${name}-too`, [204, 404, 409]],
      ] as const;
    const ids: string[] = [];
    const surprises: string[] = [];
    await holdsNoMore(async () => {
      await many(15 * SCALE, 3, async (n) => {
        const body = {
          Image: 'busybox',
          Cmd: ['sleep', '1000'],
          HostConfig: { AutoRemove: n % 3 === 0, ...(n % 2 ? { NetworkMode: 'none' } : {}) },
        };
        const id = (await service.request('POST', `/containers/create?name=raced-${n}`, body)).string('Id');
        ids.push(id);
        await Promise.all(
          shuffled(verbs(`raced-${n}`), n).map(async ([method, path, allowed], i) => {
            await sleep((i * n) % 23);
            const signal = AbortSignal.timeout(path.includes('/wait') ? 500 : 15_000);
            const asked = request(service.socket, method, path.replace(`raced-${n}`, id), undefined, { signal });
            const { status, text } = await asked.catch((error) => ({ status: 0, text: String(error) }));
            const known: readonly number[] = allowed;
            if (!known.includes(status) && !path.includes('/wait'))
              surprises.push(`${method} ${path}: ${status} ${text}`);
          }),
        );
        const gone = await service.request('DELETE', `/containers/${id}?force=1`);
        if (![204, 404].includes(gone.status)) surprises.push(`at last: ${gone.status} ${gone.text}`);
      });
    });
    assert.deepEqual(surprises, []);
    assert.deepEqual(
      ids.flatMap((id) => tracesOf(service, id)),
      [],
    );
  });

  test('a forced removal ends a container that is being started', async () => {
    await many(8 * SCALE, 1, async (n) => {
      const made = await service.request('POST', '/containers/create', { Image: 'busybox', Cmd: ['sleep', '1000'] });
      const id = made.string('Id');
      const start = request(service.socket, 'POST', `/containers/${id}/start`);
      await sleep((n * 5) % 60);
      const removed = await service.request('DELETE', `/containers/${id}?force=1`);
      assert.equal(removed.status, 204, removed.text);
      await start;
      assert.equal((await service.request('GET', `/containers/${id}/json`)).status, 404);
      assert.deepEqual(tracesOf(service, id), []);
    });
  });

  test('a service killed at any moment of a storm comes back to what is true', async () => {
    for (let round = 0; round < 3 * SCALE; round++) {
      const storm = new AbortController();
      const ids = new Set<string>();
      const workers = Array.from({ length: 6 }, (_, n) => stormy(service, `${round}-${n}`, ids, storm.signal));
      await sleep(200 + ((round * 137) % 600));
      await service.kill();
      storm.abort();
      await Promise.all(workers);
      await service.start();
      await settled(service);
      const listed = await service.request('GET', '/containers/json?all=1');
      const known: unknown[] = Array.isArray(listed.json) ? listed.json : [];
      for (const each of known) ids.add(String(member(each, 'Id')));
      for (const id of ids) {
        const inspected = await service.request('GET', `/containers/${id}/json`);
        const running = inspected.status === 200 && inspected.at('State', 'Running') === true;
        if (running) {
          const pid = String(inspected.at('State', 'Pid'));
          assert.ok(existsSync(`/proc/${pid}`), `${id} runs as ${pid}, which is not there`);
          if (inspected.at('State', 'Paused') === true) {
            assert.equal((await service.request('POST', `/containers/${id}/unpause`)).status, 204);
          }
          const exec = await service.request('POST', `/containers/${id}/exec`, { Cmd: ['true'] });
          const started = await service.request('POST', `/exec/${exec.string('Id')}/start`, { Detach: true });
          assert.ok(started.status < 300, started.text);
        } else {
          const still = () => tracesOf(service, id).filter((trace) => !trace.startsWith('network '));
          for (let tries = 0; still().length > 0 && tries < 40; tries++) await sleep(50);
          assert.deepEqual(still(), [], inspected.text);
        }
        if (inspected.status === 200) await remove(id);
      }
      assert.deepEqual((await service.request('GET', '/volumes')).at('Volumes'), []);
      assert.deepEqual(readdirSync(join(service.root, 'volumes')), []);
      assert.deepEqual(
        [...ids].flatMap((id) => tracesOf(service, id)),
        [],
      );
      assert.deepEqual(failuresIn(service.log), []);
    }
  });
});

/** Creates, starts, execs in and removes containers until told to stop, or the service is gone. */
async function stormy(service: Service, name: string, ids: Set<string>, stop: AbortSignal): Promise<void> {
  for (let n = 0; !stop.aborted; n++) {
    try {
      const body = {
        Image: 'busybox',
        Cmd: n % 2 ? ['sleep', '1000'] : ['true'],
        HostConfig: { NetworkMode: n % 3 ? 'bridge' : 'none' },
        Volumes: { '/data': {} },
      };
      const id = (await request(service.socket, 'POST', `/containers/create?name=storm-${name}-${n}`, body)).string(
        'Id',
      );
      ids.add(id);
      await request(service.socket, 'POST', `/containers/${id}/start`);
      const exec = await request(service.socket, 'POST', `/containers/${id}/exec`, { Cmd: ['sleep', '0.05'] });
      if (exec.status === 201)
        await request(service.socket, 'POST', `/exec/${exec.string('Id')}/start`, { Detach: true });
      if (n % 4 === 1) await request(service.socket, 'POST', `/containers/${id}/pause`);
      if (n % 5 !== 4) await request(service.socket, 'DELETE', `/containers/${id}?force=1&v=1`);
    } catch {
      return;
    }
  }
}

/** Answers once everything the last service left has been taken up. */
async function settled(service: Service): Promise<void> {
  while (!service.log.includes('"message":"ready"')) await sleep(10);
}

interface Holdings {
  readonly descriptors: number;
  readonly watches: number;
  readonly children: number;
}

/** What a process has open: descriptors that are no idle connections of clients, inotify watches, children. */
function holdings(pid: number): Holdings {
  const open = readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [{ fd, target: readlinkSync(`/proc/${pid}/fd/${fd}`) }];
    } catch {
      return [];
    }
  });
  const watches = open
    .filter(({ target }) => target.includes('inotify'))
    .flatMap(({ fd }) => readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8').match(/^inotify wd/gm) ?? []);
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean);
  return { descriptors: open.length, watches: watches.length, children: children.length };
}

/** A few descriptors come and go with worker threads and connections. */
function isWithin(after: Holdings, before: Holdings): boolean {
  return (
    after.descriptors <= before.descriptors + 8 &&
    after.watches <= before.watches + 1 &&
    after.children <= before.children
  );
}

function residentMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

/** What the service calls errors, apart from what its clients were told. */
function failuresIn(log: string): string[] {
  return log
    .split('\n')
    .filter((line) => line.includes('"level":"error"') || /^\s+at /.test(line))
    .slice(0, 3);
}

function tracesOf({ root, runroot }: Service, id: string): string[] {
  const directories = ['bundles', 'runc', 'crun', 'netns'].map((name) => join(runroot, name, id));
  return [
    ...networkLeaks({ stateRoot: root, runRoot: runroot }).filter((leak) => leak.includes(id)),
    ...processes().flatMap(({ pid, command }) => (command.includes(id) ? [`process ${pid} ${command}`] : [])),
    ...cgroupsOf([id]).map((path) => `cgroup ${path}`),
    ...directories.filter((path) => existsSync(path)).map((path) => `directory ${path}`),
  ];
}

/** Does it `count` times, `width` at a time. */
async function many(count: number, width: number, work: (n: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  return items
    .map((item, i) => ({ item, key: (Math.imul(i + 1, 2654435761) ^ Math.imul(seed + 1, 40503)) >>> 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}
