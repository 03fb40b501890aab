import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, describe, test } from 'node:test';
import { isSelkieError } from '@selkie/contract';
import { networkLeaks } from '../../support/leaks.ts';
import { Bench, becomeHost, endpoint, inside, network, newId, request } from '../../support/network.ts';

becomeHost();

async function resolves(namespace: string, name: string, server: string): Promise<string[]> {
  const { output } = await inside(namespace, 'busybox', 'nslookup', name, server);
  return [...output.matchAll(/^Address(?: \d+)?: (\S+)$/gm)]
    .map(([, address = '']) => address)
    .filter((each) => each !== server);
}

describe('names', () => {
  const bench = new Bench();
  const pidFile = join(bench.root, 'dns', 'aardvark.pid');
  const pid = () => Number(readFileSync(pidFile, 'utf8'));
  const attached: Awaited<ReturnType<Bench['attach']>>[] = [];
  const attach: Bench['attach'] = async (endpoints, more) => {
    const made = await bench.attach(endpoints, more);
    attached.push(made);
    return made;
  };
  afterEach(async () => {
    for (const made of attached.splice(0)) await bench.detach(made);
  });
  after(() => bench[Symbol.asyncDispose]());

  test('of a container are its name, its aliases and its short ID, from the moment it is attached', async () => {
    const net = network(['10.80.1.0/24', 'fd80:1::/64'], { dns: true });
    const a = await attach([endpoint(net, 2, { aliases: ['db', 'Store'] })], { containerName: 'one' });
    const b = await attach([endpoint(net, 3)], { containerName: 'two' });
    for (const name of ['one', 'db', 'store', a.containerId.slice(0, 12)]) {
      assert.deepEqual((await resolves(b.namespace, name, '10.80.1.1')).sort(), ['10.80.1.2', 'fd80:1::2'], name);
    }
    assert.deepEqual((await resolves(a.namespace, 'two', '10.80.1.1')).sort(), ['10.80.1.3', 'fd80:1::3']);
  });

  test('of one network are not answered on another, and one alias can be several containers', async () => {
    const left = network(['10.80.2.0/24'], { dns: true });
    const right = network(['10.80.3.0/24'], { dns: true });
    const a = await attach([endpoint(left, 2, { aliases: ['svc'] })], { containerName: 'la' });
    await attach([endpoint(left, 3, { aliases: ['svc'] })], { containerName: 'lb' });
    const c = await attach([endpoint(right, 2)], { containerName: 'rc' });
    assert.deepEqual((await resolves(a.namespace, 'svc', '10.80.2.1')).sort(), ['10.80.2.2', '10.80.2.3']);
    assert.deepEqual(await resolves(c.namespace, 'la', '10.80.3.1'), []);
    assert.deepEqual(await resolves(a.namespace, 'rc', '10.80.2.1'), []);
  });

  test('change with the container, and are gone once it is', async () => {
    const net = network(['10.80.12.0/24'], { dns: true });
    const a = await attach([endpoint(net, 2)], { containerName: 'before' });
    const b = await attach([endpoint(net, 3)], { containerName: 'other' });
    await bench.driver.attach({ ...a, containerName: 'after' });
    assert.deepEqual(await resolves(b.namespace, 'after', '10.80.12.1'), ['10.80.12.2']);
    assert.deepEqual(await resolves(b.namespace, 'before', '10.80.12.1'), []);
    await bench.driver.detach(a);
    assert.deepEqual(await resolves(b.namespace, 'after', '10.80.12.1'), []);
  });

  test('are not served for a network without them', async () => {
    await attach([endpoint(network(['10.80.4.0/24']), 2)]);
    assert.equal(existsSync(pidFile), false);
  });

  test('are served by one process, which goes with the last container', async () => {
    const net = network(['10.80.5.0/24'], { dns: true });
    const a = await attach([endpoint(net, 2)]);
    const serving = pid();
    const b = await attach([endpoint(network(['10.80.6.0/24'], { dns: true }), 2)]);
    assert.equal(pid(), serving);
    await bench.driver.detach(a);
    assert.equal(pid(), serving);
    await bench.driver.detach(b);
    assert.equal(existsSync(pidFile), false);
    assert.ok(!existsSync(`/proc/${serving}`) || readFileSync(`/proc/${serving}/cmdline`, 'utf8') === '');
  });

  test('are taken over by the next service from the process that runs', async () => {
    const net = network(['10.80.7.0/24'], { dns: true });
    const a = await attach([endpoint(net, 2)], { containerName: 'kept' });
    const b = await attach([endpoint(net, 3)]);
    const serving = pid();
    const next = bench.newDriver();
    await next.reconcile([net], [a, b]);
    assert.equal(pid(), serving);
    assert.deepEqual(await resolves(b.namespace, 'kept', '10.80.7.1'), ['10.80.7.2']);
    await next.close();
  });

  test('come back where the process was killed, and a pid file that names another process is not trusted', async () => {
    const net = network(['10.80.8.0/24'], { dns: true });
    const a = await attach([endpoint(net, 2)], { containerName: 'first' });
    process.kill(pid(), 'SIGKILL');
    writeFileSync(pidFile, String(process.pid));
    const b = await attach([endpoint(net, 3)], { containerName: 'second' });
    assert.deepEqual(await resolves(b.namespace, 'first', '10.80.8.1'), ['10.80.8.2']);
    assert.deepEqual(await resolves(a.namespace, 'second', '10.80.8.1'), ['10.80.8.3']);
  });

  test('that many containers get at once are all answered', async () => {
    const net = network(['10.80.9.0/24'], { dns: true });
    const numbers = Array.from({ length: 8 }, (_, i) => i + 2);
    const made = await Promise.all(numbers.map((n) => attach([endpoint(net, n)], { containerName: `many${n}` })));
    const [first] = made;
    for (const n of numbers) {
      assert.deepEqual(await resolves(first?.namespace ?? '', `many${n}`, '10.80.9.1'), [`10.80.9.${n}`]);
    }
    await Promise.all(made.map((each) => bench.driver.detach(each)));
    assert.equal(existsSync(pidFile), false);
  });

  test('that cannot be served fail the attach, which leaves nothing', async () => {
    const squatter = createSocket('udp4').bind(53, '0.0.0.0');
    await once(squatter, 'listening');
    const net = network(['10.80.10.0/24'], { dns: true });
    const made = request(bench.driver.createNamespace(newId()), [endpoint(net, 2)]);
    await assert.rejects(
      bench.driver.attach(made),
      (error) => isSelkieError(error, 'HOST') && /does not serve/.test(error.message),
    );
    squatter.close();
    assert.equal(existsSync(pidFile), false);
    bench.driver.removeNamespace(made.containerId);
    assert.deepEqual(networkLeaks({ stateRoot: bench.root, runRoot: bench.root }), []);
  });
});
