import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { nft } from '@selkie/native/nftables';
import { networkLeaks } from '../../support/leaks.ts';
import {
  Bench,
  becomeHost,
  endpoint,
  fetchTcp,
  inside,
  network,
  newId,
  outside,
  request,
  Server,
  tcp,
} from '../../support/network.ts';

becomeHost();

describe('attach and detach', () => {
  const bench = new Bench();
  const clean = (of = bench, closed = false) => networkLeaks({ stateRoot: of.root, runRoot: of.root, closed });
  after(() => bench[Symbol.asyncDispose]());

  test('may be repeated', async () => {
    const net = network(['10.81.1.0/24', 'fd81:1::/64'], { dns: true });
    const made = await bench.attach([endpoint(net, 2)], { ports: [tcp(8080, 80)] });
    assert.equal(bench.driver.createNamespace(made.containerId), made.namespace);
    await using _server = await Server.tcp(made.namespace, 80, 'same');
    await bench.driver.attach(made);
    assert.match(await fetchTcp(undefined, '127.0.0.1', 8080), /^same /);
    await bench.driver.detach(made);
    await bench.driver.detach(made);
    bench.driver.removeNamespace(made.containerId);
    await bench.detach(made);
    assert.deepEqual(clean(), []);
  });

  test('may come in the other order: the namespace first', async () => {
    const made = await bench.attach([endpoint(network(['10.81.2.0/24']), 2)], { ports: [tcp(8080, 80)] });
    bench.driver.removeNamespace(made.containerId);
    await bench.driver.detach(made);
    await bench.detach(made);
    while (clean().length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  test('mend what was half done: an interface taken away, an address, a route', async () => {
    const net = network(['10.81.3.0/24']);
    const made = await bench.attach([endpoint(net, 2)]);
    await inside(made.namespace, 'ip', 'addr', 'flush', 'dev', 'eth0');
    await inside(made.namespace, 'ip', 'link', 'set', 'eth0', 'down');
    await bench.driver.attach(made);
    assert.equal((await outside('busybox', 'ping', '-c1', '-W2', '10.81.3.2')).code, 0);
    await inside(made.namespace, 'ip', 'link', 'del', 'eth0');
    await bench.driver.attach(made);
    assert.equal((await outside('busybox', 'ping', '-c1', '-W2', '10.81.3.2')).code, 0);
    assert.match((await inside(made.namespace, 'ip', 'route')).output, /default via 10\.81\.3\.1/);
    await bench.detach(made);
  });

  test('work in a new namespace while the old one is kept alive by a process', async () => {
    const made = await bench.attach([endpoint(network(['10.81.4.0/24']), 2)]);
    await using _holder = await Server.tcp(made.namespace, 80, 'old');
    bench.driver.removeNamespace(made.containerId);
    bench.driver.createNamespace(made.containerId);
    await bench.driver.attach(made);
    assert.match((await inside(made.namespace, 'ip', 'addr')).output, /10\.81\.4\.2/);
    await bench.detach(made);
  });

  test('work where a namespace file was left without a namespace', async () => {
    const id = newId();
    writeFileSync(join(bench.root, 'netns', id), '');
    const namespace = bench.driver.createNamespace(id);
    assert.equal((await inside(namespace, 'ip', 'link', 'show', 'lo')).code, 0);
    bench.driver.removeNamespace(id);
  });

  test('mend rules that somebody flushed', async () => {
    const net = network(['10.81.5.0/24']);
    const first = await bench.attach([endpoint(net, 2)], { ports: [tcp(8081, 80)] });
    await using _server = await Server.tcp(first.namespace, 80, 'first');
    nft(`delete table inet ${bench.driver.table}`);
    const second = await bench.attach([endpoint(net, 3)], { ports: [tcp(8082, 80)] });
    assert.match(await fetchTcp(undefined, '127.0.0.1', 8081), /^first /);
    await bench.detach(first);
    await bench.detach(second);
    assert.deepEqual(clean(), []);
  });

  test('leave nothing where they fail at any step', async () => {
    const good = network(['10.81.6.0/24'], { dns: true });
    const bad = network(['10.81.7.0/24'], { routes: [{ destination: '10.0.0.0/8', gateway: '203.0.113.1' }] });
    const taken = await bench.attach([endpoint(good, 2)], { ports: [tcp(8083, 80)] });
    const before = nft(`list table inet ${bench.driver.table}`);
    const attempts = [
      [[endpoint(good, 3)], [tcp(8084, 1), tcp(8083, 1)]],
      [[endpoint(good, 3), endpoint(bad, 3, { interfaceName: 'eth1' })], [tcp(8084, 1)]],
      [[endpoint(good, 3, { interfaceName: 'name-that-is-too-long' })], [tcp(8084, 1)]],
      [[endpoint(good, 3), endpoint(good, 4)], [tcp(8084, 1)]],
    ] as const;
    for (const [endpoints, ports] of attempts) {
      const made = request(bench.driver.createNamespace(newId()), endpoints, { ports });
      await assert.rejects(bench.driver.attach(made));
      bench.driver.removeNamespace(made.containerId);
    }
    await bench.driver.removeNetwork(bad);
    assert.equal(nft(`list table inet ${bench.driver.table}`), before);
    await bench.detach(taken);
    assert.deepEqual(clean(), []);
  });

  test('of fifty containers leave nothing, and closing leaves no bridge, table or process', async () => {
    await using own = new Bench();
    const net = network(['10.81.8.0/24', 'fd81:8::/64'], { dns: true });
    for (let i = 0; i < 50; i++) {
      const id = newId();
      const made = request(own.driver.createNamespace(id), [endpoint(net, 2 + i)], { ports: [tcp(9000 + i, 80)] });
      await own.driver.attach(made);
      await own.driver.detach(made);
      own.driver.removeNamespace(id);
    }
    assert.deepEqual(clean(own), []);
    await own.driver.close();
    assert.deepEqual(clean(own, true), []);
  });
});

describe('two services on one host', () => {
  test('do not disturb each other', async () => {
    await using one = new Bench();
    await using two = new Bench();
    assert.notEqual(one.driver.table, two.driver.table);
    const a = await one.attach([endpoint(network(['10.82.1.0/24'], { dns: true }), 2)], { ports: [tcp(8080, 80)] });
    const b = await two.attach([endpoint(network(['10.82.2.0/24'], { dns: true }), 2)], { ports: [tcp(8081, 80)] });
    await assert.rejects(two.attach([endpoint(network(['10.82.3.0/24']), 2)], { ports: [tcp(8080, 80)] }), /8080/);
    await using _server = await Server.tcp(a.namespace, 80, 'one');
    await two.driver.reconcile([], []);
    assert.deepEqual(networkLeaks({ stateRoot: two.root, runRoot: two.root, closed: true }), []);
    assert.match(await fetchTcp(undefined, '127.0.0.1', 8080), /^one /);
    assert.equal((await outside('busybox', 'ping', '-c1', '-W1', '10.82.2.2')).code, 1);
    await two.detach(b);
  });
});

describe('reconcile', () => {
  test('keeps what runs, brings back what is missing and removes the rest', async () => {
    await using bench = new Bench();
    const kept = network(['10.83.1.0/24']);
    const gone = network(['10.83.2.0/24'], { dns: true });
    const a = await bench.attach([endpoint(kept, 2)], { ports: [tcp(8080, 80)] });
    const b = await bench.attach([endpoint(kept, 3)], { ports: [tcp(8081, 80)] });
    await bench.attach([endpoint(gone, 2)]);
    bench.driver.createNamespace(newId());
    await using _server = await Server.tcp(a.namespace, 80, 'alive');
    const port =
      /^\d+: (\S+)@/m.exec((await outside('ip', '-o', 'link', 'show', 'master', kept.interfaceName)).output)?.[1] ?? '';
    const indexOf = async (name: string) => /^\d+/.exec((await outside('ip', '-o', 'link', 'show', name)).output)?.[0];
    const index = await indexOf(port);
    nft(`delete table inet ${bench.driver.table}`);

    await bench.restart();
    const next = bench.driver;
    await next.reconcile([kept], [a, b]);
    assert.match(await fetchTcp(undefined, '127.0.0.1', 8080), /^alive /);
    assert.equal(await indexOf(port), index);
    assert.equal((await outside('ip', 'link', 'show', gone.interfaceName)).code, 1);
    await assert.rejects(async () => next.attach({ ...b, containerId: newId(), ports: [tcp(8080, 80)] }), /8080/);

    await next.reconcile([kept], [a]);
    const bare = { stateRoot: bench.root, runRoot: bench.root };
    assert.equal(networkLeaks(bare).filter((leak) => leak.startsWith('namespace')).length, 1);
    assert.equal(networkLeaks(bare).filter((leak) => leak.startsWith('forwarding')).length, 1);
    await next.reconcile([kept], []);
    assert.deepEqual(networkLeaks({ ...bare, closed: true }), []);
  });

  test('goes on with the others where one container cannot be restored, and says so', async () => {
    await using bench = new Bench();
    const net = network(['10.83.3.0/24']);
    const a = await bench.attach([endpoint(net, 2)], { ports: [tcp(8080, 80)] });
    const lost = request(join(bench.root, 'netns', newId()), [endpoint(net, 3)]);
    const next = bench.newDriver();
    await assert.rejects(next.reconcile([net], [lost, a]), /could not be restored/);
    await using _server = await Server.tcp(a.namespace, 80, 'alive');
    assert.match(await fetchTcp(undefined, '127.0.0.1', 8080), /^alive /);
    await next.close();
  });
});
