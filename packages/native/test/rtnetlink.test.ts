import assert from 'node:assert/strict';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { NetlinkError } from '../src/netlink.ts';
import { createNetns, inNetns, leaveNetns, removeNetns } from '../src/netns.ts';
import { Rtnetlink } from '../src/rtnetlink.ts';

leaveNetns();
const directory = mkdtempSync(join(tmpdir(), 'selkie-rtnetlink-'));
const peer = join(directory, 'peer');
createNetns(peer);
const rtnetlink = new Rtnetlink();
after(() => {
  rtnetlink[Symbol.dispose]();
  removeNetns(peer);
  rmSync(directory, { recursive: true });
});

const bytes = (...values: number[]) => Uint8Array.from(values);

test('a bridge, a veth to another namespace, addresses and routes are made and listed', async () => {
  rtnetlink.createBridge('br0', '02:00:00:00:00:01');
  const made = rtnetlink.link('br0') ?? assert.fail();
  assert.deepEqual([made.kind, made.mac, made.up], ['bridge', '02:00:00:00:00:01', false]);
  rtnetlink.setLink(made.index, { up: true, mtu: 1400, alias: 'some words' });
  rtnetlink.setAddress(made.index, { bytes: bytes(10, 9, 0, 1), length: 24 });
  rtnetlink.setAddress(made.index, { bytes: bytes(10, 9, 0, 1), length: 24 });

  const namespaceFd = openSync(peer, 'r');
  const request = {
    name: 'veth0',
    master: made.index,
    mtu: 1400,
    peer: { name: 'eth7', namespaceFd, mac: '02:00:00:00:00:02' },
  };
  rtnetlink.createVeth(request);
  assert.throws(() => rtnetlink.createVeth(request), { code: 'EEXIST' });
  closeSync(namespaceFd);
  const port = rtnetlink.links().find(({ name }) => name === 'veth0') ?? assert.fail();
  assert.deepEqual([port.kind, port.master, port.mtu, port.up], ['veth', made.index, 1400, true]);
  rtnetlink.setPort(port.index, { hairpin: true, isolated: true });

  inNetns(peer, () => {
    using inside = new Rtnetlink();
    const eth = inside.link('eth7') ?? assert.fail();
    assert.deepEqual([eth.mac, eth.mtu, eth.peer], ['02:00:00:00:00:02', 1400, port.index]);
    inside.setLink(eth.index, { up: true });
    inside.setAddress(eth.index, { bytes: bytes(10, 9, 0, 2), length: 24 });
    inside.setRoute(eth.index, { bytes: bytes(10, 50, 0, 0), length: 16 }, bytes(10, 9, 0, 1), 5);
    inside.setRoute(eth.index, { bytes: bytes(0, 0, 0, 0), length: 0 }, bytes(10, 9, 0, 1));
    const destinations = inside.routes().filter((route) => route.bytes.length === 4);
    assert.deepEqual(destinations.map((route) => [...route.bytes, route.length]).sort(), [
      [10, 50, 0, 0, 16],
      [10, 9, 0, 0, 24],
    ]);
    assert.ok(
      inside
        .addresses()
        .some((address) => Buffer.from(address.bytes).equals(bytes(10, 9, 0, 2)) && address.length === 24),
    );
  });
  assert.equal(rtnetlink.link('br0')?.alias, 'some words');
  await Rtnetlink.deleteLink(port.index);
  await Rtnetlink.deleteLink(port.index);
  await Rtnetlink.deleteLink(made.index);
  assert.equal(rtnetlink.link('br0'), undefined);
});

test('what the kernel refuses carries its code and its own words', () => {
  const lo = rtnetlink.link('lo') ?? assert.fail();
  assert.throws(
    () => rtnetlink.setAddress(lo.index, { bytes: bytes(10, 0, 0, 1), length: 77 }),
    (error) =>
      error instanceof NetlinkError && error.code === 'EINVAL' && /[Ii]nvalid prefix length/.test(error.message),
  );
});

test('a list longer than one message is complete', async () => {
  const names = Array.from({ length: 120 }, (_, i) => `many${i}`);
  for (const name of names) rtnetlink.createBridge(name, '02:00:00:00:00:09');
  const listed = new Set(rtnetlink.links().map(({ name }) => name));
  assert.deepEqual(
    names.filter((name) => !listed.has(name)),
    [],
  );
});
