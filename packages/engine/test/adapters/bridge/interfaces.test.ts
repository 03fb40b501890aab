import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Bench, becomeHost, endpoint, inside, network, outside } from '../../support/network.ts';

becomeHost();

describe('interfaces of a container', () => {
  const bench = new Bench();
  after(() => bench[Symbol.asyncDispose]());

  test('have the name, MAC, MTU and addresses planned, usable at once', async () => {
    const net = network(['10.79.1.0/24', 'fd79:1::/64'], { mtu: 1400 });
    const mac = '02:11:22:33:44:55';
    const { namespace } = await bench.attach([endpoint(net, 7, { interfaceName: 'front0', mac })]);
    const { output } = await inside(namespace, 'ip', 'addr', 'show', 'front0');
    assert.match(output, /mtu 1400 .* state UP/);
    assert.match(output, /link\/ether 02:11:22:33:44:55/);
    assert.match(output, /inet 10\.79\.1\.7\/24 brd 10\.79\.1\.255/);
    assert.match(output, /inet6 fd79:1::7\/64/);
    assert.doesNotMatch(output, /tentative/);
    const routes = await inside(namespace, 'ip', 'route');
    assert.match(routes.output, /default via 10\.79\.1\.1 dev front0/);
    assert.match((await inside(namespace, 'ip', '-6', 'route')).output, /default via fd79:1::1 dev front0/);
    assert.match((await inside(namespace, 'ip', 'addr', 'show', 'lo')).output, /inet 127\.0\.0\.1/);
    assert.match(
      (await outside('ip', 'addr', 'show', net.interfaceName)).output,
      /mtu 1400(.|\n)*inet 10\.79\.1\.1\/24(.|\n)*inet6 fd79:1::1\/64/,
    );
  });

  test('keep the same MAC each time where none is asked for', async () => {
    const net = network(['10.79.2.0/24']);
    const made = await bench.attach([endpoint(net, 2)]);
    const mac = async () =>
      /link\/ether (\S+)/.exec((await inside(made.namespace, 'ip', 'link', 'show', 'eth0')).output)?.[1];
    const before = await mac();
    await bench.driver.detach(made);
    await bench.driver.attach(made);
    assert.equal(await mac(), before);
    assert.match(before ?? '', /^.[26ae]:/);
  });

  test('route by the primary endpoint, by static routes and never through an internal network', async () => {
    const front = network(['10.79.3.0/24'], { metric: 50 });
    const back = network(['10.79.4.0/24', 'fd79:4::/64']);
    const inner = network(['10.79.5.0/24'], {
      internal: true,
      routes: [{ destination: '10.200.0.0/16', gateway: '10.79.5.9', metric: 7 }],
    });
    const { namespace } = await bench.attach([
      endpoint(inner, 2, { primary: false, interfaceName: 'eth0' }),
      endpoint(back, 2, { primary: false, interfaceName: 'eth1' }),
      endpoint(front, 2, { primary: true, interfaceName: 'eth2' }),
    ]);
    const { output } = await inside(namespace, 'ip', 'route');
    assert.deepEqual(
      output.match(/default.*/g)?.map((line) => line.trim()),
      ['default via 10.79.3.1 dev eth2 proto static metric 50'],
    );
    assert.match(output, /10\.200\.0\.0\/16 via 10\.79\.5\.9 dev eth0 .*metric 7/);
    assert.match((await inside(namespace, 'ip', '-6', 'route')).output, /default via fd79:4::1 dev eth1/);
  });

  test('are refused on an interface that is no bridge, and the foreign interface stays', async () => {
    await outside('ip', 'link', 'add', 'foreign0', 'type', 'veth', 'peer', 'name', 'foreign1');
    const net = network(['10.79.6.0/24'], { interfaceName: 'foreign0' });
    await assert.rejects(bench.attach([endpoint(net, 2)]), /foreign0 .* is no bridge/);
    await bench.driver.removeNetwork(net);
    assert.equal((await outside('ip', 'link', 'show', 'foreign0')).code, 0);
  });

  test('use a bridge the administrator made and leave it when the network goes', async () => {
    await outside('ip', 'link', 'add', 'admin0', 'type', 'bridge');
    const net = network(['10.79.7.0/24'], { interfaceName: 'admin0' });
    const made = await bench.attach([endpoint(net, 2)]);
    assert.equal((await outside('busybox', 'ping', '-c1', '-W2', '10.79.7.2')).code, 0);
    await bench.detach(made);
    await bench.driver.removeNetwork(net);
    assert.equal((await outside('ip', 'link', 'show', 'admin0')).code, 0);
  });
});
