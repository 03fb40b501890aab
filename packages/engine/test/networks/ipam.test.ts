import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSelkieError } from '@selkie/contract';
import { Ipam } from '../../src/networks/ipam.ts';
import type { Subnet } from '../../src/networks/record.ts';
import { MemoryStateStore } from '../support/memory-state.ts';
import { network } from '../support/network.ts';

function setup(subnet: string, more: Partial<Subnet> = {}) {
  const state = new MemoryStateStore();
  const net = network([subnet]);
  const described = { ...(net.subnets[0] ?? assert.fail()), ...more };
  const ipam = new Ipam(state);
  const lease = (id: string, wanted?: string, from = ipam) => from.lease(net, described, id, wanted);
  return { state, net, ipam, lease };
}

test('addresses are given out in order, past the network and the gateway', () => {
  const { lease } = setup('10.1.1.0/24');
  assert.deepEqual(
    ['a', 'b', 'c'].map((id) => lease(id)),
    ['10.1.1.2', '10.1.1.3', '10.1.1.4'],
  );
});

test('an address just freed is not the next one taken, but is in the end', () => {
  const { ipam, lease } = setup('10.1.1.0/29');
  assert.equal(lease('a'), '10.1.1.2');
  ipam.release('a');
  assert.deepEqual(
    ['b', 'c', 'd', 'e'].map((id) => lease(id)),
    ['10.1.1.3', '10.1.1.4', '10.1.1.5', '10.1.1.6'],
  );
  assert.equal(lease('f'), '10.1.1.2');
});

test('a full subnet is exhausted: every host address is given out once, gateway and broadcast never', () => {
  const { lease } = setup('10.1.1.0/29');
  for (let i = 0; i < 5; i++) lease(`c${i}`);
  assert.throws(
    () => lease('late'),
    (error) => isSelkieError(error, 'POOL_EXHAUSTED'),
  );
});

test('a range bounds what is given out; an address asked for may lie outside it', () => {
  const { lease } = setup('10.1.1.0/24', { range: { start: '10.1.1.8', end: '10.1.1.10' } });
  assert.deepEqual(
    ['a', 'b', 'c'].map((id) => lease(id)),
    ['10.1.1.8', '10.1.1.9', '10.1.1.10'],
  );
  assert.throws(
    () => lease('d'),
    (error) => isSelkieError(error, 'POOL_EXHAUSTED'),
  );
  assert.equal(lease('d', '10.1.1.50'), '10.1.1.50');
});

test('a range that covers the whole subnet still leaves network, gateway and broadcast out', () => {
  const { lease } = setup('10.1.1.0/30', { range: { start: '10.1.1.0', end: '10.1.1.3' } });
  assert.equal(lease('a'), '10.1.1.2');
  assert.throws(
    () => lease('b'),
    (error) => isSelkieError(error, 'POOL_EXHAUSTED'),
  );
});

test('reserved addresses are neither given out nor given on request', () => {
  const { lease } = setup('10.1.1.0/29', { reserved: { router: '10.1.1.2' } });
  assert.equal(lease('a'), '10.1.1.3');
  assert.throws(
    () => lease('b', '10.1.1.2'),
    (error) => isSelkieError(error, 'ADDRESS_IN_USE'),
  );
});

test('an address asked for is refused where it is taken, reserved or elsewhere', () => {
  const { lease } = setup('10.1.1.0/24');
  assert.equal(lease('a', '10.1.1.77'), '10.1.1.77');
  assert.equal(lease('a', '10.1.1.77'), '10.1.1.77');
  for (const wanted of ['10.1.1.77', '10.1.1.1', '10.1.1.0', '10.1.1.255']) {
    assert.throws(
      () => lease('b', wanted),
      (error) => isSelkieError(error, 'ADDRESS_IN_USE'),
      wanted,
    );
  }
  for (const wanted of ['10.1.2.1', 'fd00::1', 'nonsense']) {
    assert.throws(
      () => lease('b', wanted),
      (error) => isSelkieError(error, 'INVALID_PARAMETER'),
      wanted,
    );
  }
});

test('a range of 2^64 addresses costs no more than one of ten', () => {
  const { ipam, lease } = setup('fd00:1::/64');
  assert.equal(lease('a'), 'fd00:1::2');
  assert.equal(lease('b', 'fd00:1::ffff:ffff:ffff:ffff'), 'fd00:1::ffff:ffff:ffff:ffff');
  assert.equal(lease('c'), 'fd00:1::3');
  ipam.release('b');
  assert.equal(lease('d', 'fd00:1::ffff:ffff:ffff:ffff'), 'fd00:1::ffff:ffff:ffff:ffff');
});

test('leases and the place reached outlive the service', () => {
  const { state, net, lease } = setup('10.1.1.0/24');
  lease('a');
  lease('b');
  const next = new Ipam(state);
  assert.deepEqual(
    next.leases(net.id).map(({ containerId, address }) => [containerId, address]),
    [
      ['a', '10.1.1.2'],
      ['b', '10.1.1.3'],
    ],
  );
  next.release('b');
  assert.equal(lease('c', undefined, next), '10.1.1.4');
});

test('a network that is forgotten leaves no row', () => {
  const { state, net, ipam, lease } = setup('10.1.1.0/24');
  lease('a');
  ipam.forget(net);
  assert.deepEqual(state.collection('address-leases').entries(), []);
  assert.deepEqual(state.collection('address-cursors').entries(), []);
});
