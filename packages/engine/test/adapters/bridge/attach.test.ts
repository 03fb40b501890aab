import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { BridgeDriver } from '../../../src/adapters/bridge/driver.ts';
import { becomeHost, endpoint, fetchTcp, inside, network, newId, request, Server, tcp } from '../../support/network.ts';

becomeHost();
const root = mkdtempSync(join(tmpdir(), 'selkie-bridge-'));
const driver = new BridgeDriver({ stateRoot: root, runRoot: root });
const net = network(['10.99.0.0/24']);
before(() => {});
after(async () => {
  await driver.close();
  rmSync(root, { recursive: true });
});

test('two containers of a network reach each other, and a published port is reached from the host', async () => {
  const a = request(driver.createNamespace(newId()), [endpoint(net, 2)], { ports: [tcp(8080, 80)] });
  const b = request(driver.createNamespace(newId()), [endpoint(net, 3)]);
  const x = performance.now();
  await driver.attach(a);
  const y = performance.now();
  await driver.attach(b);
  console.log('attach', y - x, performance.now() - y);
  const ping = await inside(b.namespace, 'busybox', 'ping', '-c1', '-W2', '10.99.0.2');
  assert.equal(ping.code, 0, ping.output);
  {
    await using _server = await Server.tcp(a.namespace, 80, 'hello');
    assert.match(await fetchTcp(undefined, '127.0.0.1', 8080), /^hello .*10\.99\.0\.1$/);
    assert.match(await fetchTcp(undefined, '10.99.0.1', 8080), /^hello /);
    assert.match(await fetchTcp(b.namespace, '10.99.0.1', 8080), /^hello /);
    assert.match(await fetchTcp(a.namespace, '10.99.0.1', 8080), /^hello /);
  }
  const z = performance.now();
  await driver.detach(a);
  console.log('detach', performance.now() - z);
  await driver.detach(b);
  driver.removeNamespace(a.containerId);
  driver.removeNamespace(b.containerId);
});
