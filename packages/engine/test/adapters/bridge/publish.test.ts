import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isSelkieError } from '@selkie/contract';
import type { AttachRequest } from '../../../src/ports/network-driver.ts';
import { Machine } from '../../support/machine.ts';
import { Bench, becomeHost, endpoint, fetchTcp, fetchUdp, network, Server, tcp } from '../../support/network.ts';

becomeHost();

describe('published ports', () => {
  const bench = new Bench();
  const outside = new Machine(join(bench.root, 'outside'));
  const front = network(['10.77.1.0/24', 'fd77:1::/64']);
  const other = network(['10.77.2.0/24', 'fd77:2::/64'], { isolate: true });
  let web: AttachRequest;
  let neighbour: AttachRequest;
  let stranger: AttachRequest;
  let servers: Server[];

  before(async () => {
    web = await bench.attach([endpoint(front, 2)], {
      ports: [
        tcp(8080, 80),
        tcp(8080, 80, '::'),
        tcp(8081, 81, '192.168.77.1'),
        tcp(8082, 80, '127.0.0.1'),
        tcp(8090, 90),
        tcp(8091, 91),
        tcp(8092, 92),
        { protocol: 'udp', hostPort: 5300, containerPort: 53, hostIp: '0.0.0.0' },
      ],
    });
    neighbour = await bench.attach([endpoint(front, 3)]);
    stranger = await bench.attach([endpoint(other, 2)]);
    servers = [
      ...(await Promise.all([80, 81, 90, 91, 92].map((port) => Server.tcp(web.namespace, port, `p${port}`)))),
      await Server.udp(web.namespace, 53, 'u53'),
    ];
  });
  after(async () => {
    for (const server of servers) await server[Symbol.asyncDispose]();
    outside[Symbol.dispose]();
    await bench[Symbol.asyncDispose]();
  });

  test('are reached from the host by loopback and by its own addresses', async () => {
    assert.match(await fetchTcp(undefined, '127.0.0.1', 8080), /^p80 /);
    assert.match(await fetchTcp(undefined, '192.168.77.1', 8080), /^p80 .*192\.168\.77\.1$/);
    assert.match(await fetchTcp(undefined, 'fd77::1', 8080), /^p80 fd77::1$/);
    assert.match(await fetchUdp(undefined, '127.0.0.1', 5300), /^u53 /);
  });

  test('are reached from outside with the address the client really has', async () => {
    assert.match(await fetchTcp(outside.namespace, outside.host, 8080), /^p80 .*192\.168\.77\.2$/);
    assert.match(await fetchTcp(outside.namespace, outside.host6, 8080), /^p80 fd77::2$/);
    assert.match(await fetchUdp(outside.namespace, outside.host, 5300), /^u53 192\.168\.77\.2$/);
  });

  test('are reached from the same network, from an isolated other one and from the container itself', async () => {
    for (const { namespace } of [neighbour, stranger, web]) {
      assert.match(await fetchTcp(namespace, '192.168.77.1', 8080), /^p80 /);
      assert.match(await fetchTcp(namespace, 'fd77::1', 8080), /^p80 /);
      assert.match(await fetchUdp(namespace, '10.77.1.1', 5300).catch(String), /^u53 /);
    }
  });

  test('of a range each lead to their own', async () => {
    for (const port of [90, 91, 92]) {
      assert.match(await fetchTcp(outside.namespace, outside.host, 8000 + port), new RegExp(`^p${port} `));
    }
  });

  test('on one host address are not on another', async () => {
    assert.match(await fetchTcp(outside.namespace, outside.host, 8081), /^p81 /);
    assert.equal(await fetchTcp(undefined, '127.0.0.1', 8081), 'ECONNREFUSED');
    assert.match(await fetchTcp(undefined, '127.0.0.1', 8082), /^p80 /);
    assert.equal(await fetchTcp(outside.namespace, outside.host, 8082), 'ECONNREFUSED');
  });

  test('on the loopback are not reached by a neighbour that routes 127.0.0.1 to the host', async () => {
    outside.ip('addr del 127.0.0.1/8 dev lo');
    outside.ip(`route add 127.0.0.1/32 via ${outside.host} src ${outside.address}`);
    assert.notEqual((await fetchTcp(outside.namespace, '127.0.0.1', 8082)).slice(0, 3), 'p80');
    outside.ip('route del 127.0.0.1/32');
    outside.ip('addr add 127.0.0.1/8 dev lo');
  });

  test('on [::1] are refused at once, so that clients go on to 127.0.0.1', async () => {
    assert.equal(await fetchTcp(undefined, '::1', 8080), 'ECONNREFUSED');
    const wrong = bench.attach([endpoint(front, 9)], { ports: [tcp(9300, 1, '::1')] });
    await assert.rejects(wrong, (error) => isSelkieError(error, 'UNSUPPORTED'));
  });

  test('that another container has are refused', async () => {
    const clash = bench.attach([endpoint(front, 9)], { ports: [tcp(9100, 1), tcp(8080, 80)] });
    await assert.rejects(
      clash,
      (error) => isSelkieError(error, 'PORT_IN_USE') && /0\.0\.0\.0:8080/.test(error.message),
    );
    assert.match(await fetchTcp(outside.namespace, outside.host, 8080), /^p80 /);
    assert.equal(await fetchTcp(undefined, '127.0.0.1', 9100), 'ECONNREFUSED');
  });

  test('that a program on the host listens on are refused', async () => {
    const server = createServer().listen(9200, '127.0.0.1');
    await once(server, 'listening');
    const clash = bench.attach([endpoint(front, 9)], { ports: [tcp(9200, 1)] });
    await assert.rejects(clash, (error) => isSelkieError(error, 'PORT_IN_USE'));
    server.close();
  });

  test('cannot be bound by a program on the host', async () => {
    const server = createServer().listen(8080, '0.0.0.0');
    const [error] = await once(server, 'error');
    assert.equal(error.code, 'EADDRINUSE');
  });

  test('on an address the host does not have are refused', async () => {
    const wrong = bench.attach([endpoint(front, 9)], { ports: [tcp(9300, 1, '203.0.113.9')] });
    await assert.rejects(wrong, (error) => isSelkieError(error, 'HOST') && /203\.0\.113\.9/.test(error.message));
  });

  test('on an IPv6 address need a container that has one', async () => {
    const only4 = network(['10.77.3.0/24']);
    const wrong = bench.attach([endpoint(only4, 2)], { ports: [tcp(9300, 1, '::')] });
    await assert.rejects(wrong, (error) => isSelkieError(error, 'UNSUPPORTED'));
    const both = await bench.attach([endpoint(only4, 3)], { ports: [tcp(9301, 80), tcp(9301, 80, '::')] });
    await using _server = await Server.tcp(both.namespace, 80, 'four', '0.0.0.0');
    assert.match(await fetchTcp(undefined, '127.0.0.1', 9301), /^four /);
  });

  test('are free again after detach', async () => {
    const one = await bench.attach([endpoint(front, 20)], { ports: [tcp(9400, 80)] });
    await bench.detach(one);
    assert.equal(await fetchTcp(undefined, '127.0.0.1', 9400), 'ECONNREFUSED');
    await bench.detach(await bench.attach([endpoint(front, 21)], { ports: [tcp(9400, 80)] }));
  });

  test('a free one can be asked for', () => {
    const { driver } = bench;
    const port = driver.allocatePort('tcp', '0.0.0.0');
    assert.ok(port >= 1024 && port !== driver.allocatePort('tcp', '0.0.0.0'));
    assert.ok(driver.allocatePort('udp', '127.0.0.1') >= 1024);
    assert.ok(driver.allocatePort('sctp', '0.0.0.0') >= 1024);
  });
});
