import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { member } from '../../../../conformance/support/http.ts';
import { type ImageSource, startImageSource } from '../../../../conformance/support/images.ts';
import { type Service, startService } from '../../../../conformance/support/service.ts';

const NETWORKS = ['one', 'two', 'three'];
const CONTAINERS = ['left', 'right'];
/** Subnet address, broadcast and gateway. */
const NOBODY = 3;

suite('networks that change all the time', { timeout: 180_000 }, () => {
  let images: ImageSource;
  let service: Service;

  before(async () => {
    images = await startImageSource();
    service = await startService({ args: images.args });
    await post('/images/create?fromImage=alpine&tag=latest');
    for (const Name of NETWORKS) await post('/networks/create', { Name });
    for (const name of CONTAINERS) {
      await post(`/containers/create?name=${name}`, { Image: 'alpine', Cmd: ['sleep', '10000'] });
      await post(`/containers/${name}/start`);
    }
  });
  // Fails where a container that is gone has left an interface, a rule, a name or a process.
  after(async () => {
    await service[Symbol.asyncDispose]().finally(() => images[Symbol.asyncDispose]());
  });

  const get = (path: string) => service.request('GET', `/v1.52${path}`);
  const post = (path: string, body?: object) => service.request('POST', `/v1.52${path}`, body);

  async function change(step: number): Promise<number> {
    const network = NETWORKS[step % 3];
    const Container = CONTAINERS[Math.floor(step / 3) % 2];
    const aliases = { EndpointConfig: { Aliases: [`alias${step}`] } };
    const { status } = await post(`/networks/${network}/connect`, { Container, ...aliases });
    return status === 403 ? (await post(`/networks/${network}/disconnect`, { Container })).status : status;
  }

  /** What the records say is what the containers have. */
  async function assertConsistent(): Promise<void> {
    const live = new Map(NETWORKS.map((name) => [name, 0]));
    for (const name of CONTAINERS) {
      const { json } = await get(`/containers/${name}/json`);
      const networks = Object.entries(Object(member(json, 'NetworkSettings', 'Networks')));
      const recorded = networks.map(([, endpoint]) => String(member(endpoint, 'IPAddress'))).sort();
      assert.deepEqual(addressesIn(String(member(json, 'State', 'Pid'))), recorded, name);
      for (const [network] of networks) live.set(network, (live.get(network) ?? 0) + 1);
    }
    for (const network of NETWORKS) {
      const { json } = await get(`/networks/${network}`);
      const [subnet] = Object.values(Object(member(json, 'Status', 'IPAM', 'Subnets')));
      assert.equal(member(subnet, 'IPsInUse'), NOBODY + (live.get(network) ?? 0), `leases of ${network}`);
    }
  }

  test('after a hundred connects and disconnects every address is somebody’s', async () => {
    for (let step = 0; step < 100; step++) assert.equal(await change(Math.floor(Math.random() * 6)), 200);
    await assertConsistent();
  });

  test('a service killed midway finishes or undoes the change at its next start', async () => {
    for (let round = 0; round < 6; round++) {
      const changes = [change(round), change(round + 3)].map((one) => one.catch(() => {}));
      await sleep(round * 6);
      await service.kill();
      await Promise.all(changes);
      await service.start();
      // A start waits for what the last service left to be taken up.
      await post('/containers/left/start');
      await assertConsistent();
    }
  });
});

/** IPv4 addresses in the network namespace of a process, without the loopback's. */
function addressesIn(pid: string): string[] {
  const shown = execFileSync('nsenter', ['-t', pid, '-n', 'ip', '-4', '-o', 'addr'], { encoding: 'utf8' });
  return [...shown.matchAll(/inet ([\d.]+)/g)]
    .flatMap(([, address = '']) => (address === '127.0.0.1' ? [] : address))
    .sort();
}
