import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { AttachRequest } from '../../../src/ports/network-driver.ts';
import { Machine } from '../../support/machine.ts';
import { Bench, becomeHost, endpoint, fetchTcp, inside, network, Server, tcp } from '../../support/network.ts';

becomeHost();

async function pings({ namespace }: { namespace: string }, address: string): Promise<boolean> {
  return (await inside(namespace, 'busybox', 'ping', '-c1', '-W1', address)).code === 0;
}

describe('what networks keep apart', () => {
  const bench = new Bench();
  const outside = new Machine(join(bench.root, 'outside'));
  const open = network(['10.78.1.0/24', 'fd78:1::/64']);
  const open2 = network(['10.78.2.0/24', 'fd78:2::/64']);
  const walled = network(['10.78.3.0/24'], { isolate: true });
  const walled2 = network(['10.78.4.0/24'], { isolate: true });
  const inner = network(['10.78.5.0/24', 'fd78:5::/64'], { internal: true });
  const apart = network(['10.78.6.0/24'], { interContainer: false });
  const bare = network(['10.78.7.0/24'], { masquerade: false });
  const on: Record<string, AttachRequest> = {};
  const of = (name: string) => on[name] ?? assert.fail(name);
  let server: Server;

  before(async () => {
    on.open = await bench.attach([endpoint(open, 2)], { ports: [tcp(8080, 80)] });
    on.open2 = await bench.attach([endpoint(open2, 2)]);
    on.walled = await bench.attach([endpoint(walled, 2)]);
    on.walled2 = await bench.attach([endpoint(walled2, 2)]);
    on.inner = await bench.attach([endpoint(inner, 2)], { ports: [tcp(8085, 80)] });
    on.inner2 = await bench.attach([endpoint(inner, 3)]);
    on.apart = await bench.attach([endpoint(apart, 2)]);
    on.apart2 = await bench.attach([endpoint(apart, 3)]);
    on.bare = await bench.attach([endpoint(bare, 2)]);
    server = await Server.tcp(outside.namespace, 80, 'out');
    outside.routeTo('10.78.1.0/24');
    outside.routeTo('fd78:1::/64');
    outside.routeTo('10.78.7.0/24');
  });
  after(async () => {
    await server[Symbol.asyncDispose]();
    outside[Symbol.dispose]();
    await bench[Symbol.asyncDispose]();
  });

  test('networks without isolate reach each other, in both families', async () => {
    assert.equal(await pings(of('open'), '10.78.2.2'), true);
    assert.equal(await pings(of('open2'), 'fd78:1::2'), true);
    assert.equal(await pings(of('walled'), '10.78.1.2'), true);
  });

  test('isolated networks do not reach each other', async () => {
    assert.equal(await pings(of('walled'), '10.78.4.2'), false);
    assert.equal(await pings(of('walled2'), '10.78.3.2'), false);
  });

  test('containers reach the outside with an address of the host', async () => {
    assert.match(await fetchTcp(of('open').namespace, outside.address, 80), /^out .*192\.168\.77\.1$/);
    assert.match(await fetchTcp(of('open').namespace, outside.address6, 80), /^out fd77::1$/);
    assert.match(await fetchTcp(of('walled').namespace, outside.address, 80), /^out .*192\.168\.77\.1$/);
  });

  test('with masquerading off they keep their own', async () => {
    assert.match(await fetchTcp(of('bare').namespace, outside.address, 80), /^out .*10\.78\.7\.2$/);
  });

  test('an internal network reaches itself and nothing else', async () => {
    assert.equal(await pings(of('inner'), '10.78.5.3'), true);
    assert.equal(await pings(of('inner'), 'fd78:5::3'), true);
    assert.equal(await pings(of('inner'), outside.address), false);
    assert.equal(await pings(of('inner'), '10.78.1.2'), false);
    await inside(of('inner').namespace, 'ip', 'route', 'add', 'default', 'via', '10.78.5.1');
    assert.equal(await pings(of('inner'), outside.address), false);
    assert.equal(await pings(of('open'), '10.78.5.2'), false);
  });

  test('a port published on an internal network is reached from the host only', async () => {
    await using _inner = await Server.tcp(of('inner').namespace, 80, 'in');
    assert.match(await fetchTcp(undefined, '127.0.0.1', 8085), /^in /);
    assert.match(await fetchTcp(undefined, '192.168.77.1', 8085), /^in /);
    assert.equal(await fetchTcp(outside.namespace, outside.host, 8085), 'timeout');
  });

  test('a neighbour that routes a container subnet to the host gets at nothing unpublished', async () => {
    await using _web = await Server.tcp(of('open').namespace, 80, 'web');
    assert.match(await fetchTcp(outside.namespace, outside.host, 8080), /^web /);
    assert.equal(await fetchTcp(outside.namespace, '10.78.1.2', 80), 'timeout');
    assert.equal(await fetchTcp(outside.namespace, 'fd78:1::2', 80), 'timeout');
    assert.match(await fetchTcp(undefined, '10.78.1.2', 80), /^web /);
  });

  test('containers of a network without inter-container traffic reach the outside but not each other', async () => {
    assert.equal(await pings(of('apart'), '10.78.6.3'), false);
    assert.equal(await pings(of('apart'), outside.address), true);
  });

  test('a container cannot use the route to the host loopback', async () => {
    await using _secret = await Server.tcp('/proc/self/ns/net', 8099, 'secret', '127.0.0.1');
    const { namespace } = of('open');
    await inside(namespace, 'ip', 'addr', 'del', '127.0.0.1/8', 'dev', 'lo');
    await inside(namespace, 'ip', 'route', 'add', '127.0.0.1/32', 'via', '10.78.1.1', 'src', '10.78.1.2');
    await inside(namespace, 'busybox', 'sysctl', '-w', 'net.ipv4.conf.eth0.route_localnet=1');
    assert.equal(await fetchTcp(namespace, '127.0.0.1', 8099), 'timeout');
    assert.match(await fetchTcp(undefined, '127.0.0.1', 8099), /^secret /);
  });
});
