import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Bench, becomeHost, endpoint, fetchTcp, inside, network, Server, tcp } from '../../support/network.ts';

becomeHost();
const bench = new Bench();
after(() => bench[Symbol.asyncDispose]());

test('two containers of a network reach each other, and a published port is reached from the host', async () => {
  const net = network(['10.99.0.0/24']);
  const a = await bench.attach([endpoint(net, 2)], { ports: [tcp(8080, 80)] });
  const b = await bench.attach([endpoint(net, 3)]);
  const ping = await inside(b.namespace, 'busybox', 'ping', '-c1', '-W2', '10.99.0.2');
  assert.equal(ping.code, 0, ping.output);
  await using _server = await Server.tcp(a.namespace, 80, 'hello');
  assert.match(await fetchTcp(undefined, '127.0.0.1', 8080), /^hello .*10\.99\.0\.1$/);
});
