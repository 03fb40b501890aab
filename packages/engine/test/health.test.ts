import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { HealthDefinition } from '../src/containers/definition.ts';
import type { ContainerRecord, HealthState } from '../src/containers/record.ts';
import { type Engine, openEngine } from '../src/engine.ts';
import { Bundle } from './support/bundle.ts';
import { definition } from './support/spec.ts';

const signal = AbortSignal.timeout(60_000);

suite('health of real containers', () => {
  const directory = mkdtempSync(join(tmpdir(), 'selkie-health-'));
  const paths = { root: join(directory, 'root'), runroot: join(directory, 'run') };
  const bundle = new Bundle();
  let engine: Engine;

  before(async () => {
    engine = openEngine(paths);
    await engine.ready;
  });
  after(async () => {
    for (const { id } of engine.containers.all()) await engine.containers.remove(id, { force: true }, signal);
    await engine.close();
    rmSync(directory, { recursive: true });
    await bundle[Symbol.asyncDispose]();
  });

  async function run(health: HealthDefinition): Promise<string> {
    const process = { command: ['sleep', '1000'], env: ['GREETING=hello'] };
    const { id } = await engine.containers.create(
      definition({ image: undefined, rootfs: bundle.rootfs, process, health }),
    );
    await engine.containers.start(id, signal);
    return id;
  }

  async function until(id: string, done: (health: HealthState) => boolean): Promise<HealthState> {
    const holds = ({ state }: ContainerRecord) => state.health !== undefined && done(state.health);
    await engine.containers.wait(id, holds, signal);
    const { health } = engine.containers.inspect(id).state;
    assert.ok(health);
    return health;
  }

  test('checks run inside, as the container does, and are no exec sessions', async () => {
    const test = ['CMD-SHELL', 'echo $GREETING; echo oops >&2; test -e /tmp/ok'];
    const id = await run({ test, interval: 0.05, retries: 1 });
    const { log } = await until(id, ({ status }) => status === 'unhealthy');
    assert.equal(log.at(-1)?.exitCode, 1);
    assert.deepEqual(log.at(-1)?.output.trim().split('\n').sort(), ['hello', 'oops']);
    assert.deepEqual(engine.execs.ofContainer(id), []);

    writeFileSync(join(bundle.rootfs, 'tmp/ok'), '');
    await until(id, ({ status }) => status === 'healthy');

    await engine.close();
    engine = openEngine(paths);
    await engine.ready;
    const kept = engine.containers.inspect(id).state.health;
    assert.equal(kept?.status, 'healthy');
    await until(id, ({ log }) => (log.at(-1)?.start ?? '') > (kept?.log.at(-1)?.start ?? ''));
    await engine.containers.stop(id, { timeout: 0 }, signal);
    assert.equal(engine.containers.inspect(id).state.status, 'exited');
  });

  test('a check that ends before anyone looked is no failure', async () => {
    const id = await run({ test: ['CMD', '/bin/busybox', 'true'], interval: 3600 });
    for (let i = 0; i < 20; i++) {
      const { log } = await engine.health.check(id, signal);
      assert.deepEqual([log.at(-1)?.exitCode, log.at(-1)?.output], [0, '']);
    }
  });

  test('a check that takes too long is ended, with what it has started', async () => {
    const id = await run({ test: ['CMD-SHELL', 'echo begun; sleep 4321 & sleep 4321'], interval: 3600, timeout: 0.3 });
    const { log } = await engine.health.check(id, signal);
    assert.deepEqual([log[0]?.exitCode, log[0]?.output], [-1, 'Health check exceeded timeout (300ms): begun\n']);
    const left = () => readdirSync('/proc').filter((pid) => commandOf(pid).startsWith('sleep\x004321'));
    while (left().length > 0) await setTimeout(10, undefined, { signal });
  });
});

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
