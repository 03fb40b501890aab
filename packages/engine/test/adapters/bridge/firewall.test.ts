import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSelkieError } from '@selkie/contract';
import { NftablesError, nft } from '@selkie/native/nftables';
import { Firewall } from '../../../src/adapters/bridge/firewall.ts';
import type { Element } from '../../../src/adapters/bridge/ruleset.ts';
import { becomeHost } from '../../support/network.ts';

becomeHost();

const port = (host: number, container = 80): Element => ({
  set: 'any4',
  key: `tcp . ${host}`,
  value: `10.1.1.2 . ${container}`,
});
const published = (table: string) =>
  [...nft(`list map inet ${table} any4`).matchAll(/tcp \. (\d+) : \S+ \. (\d+)/g)].map(
    ([, host, to]) => `${host}:${to}`,
  );

/** Counts transactions and lets one fail. */
class Runner {
  readonly commands: string[] = [];
  failing = 0;
  readonly run = (commands: string) => {
    this.commands.push(commands);
    if (this.failing-- > 0) throw new NftablesError('told to fail');
    return nft(commands);
  };
}

test('a change is one small transaction, and none where nothing changes', () => {
  const runner = new Runner();
  const firewall = new Firewall('fw1', runner.run);
  firewall.set('a', [port(1), port(2)]);
  runner.commands.length = 0;
  firewall.set('b', [port(3)]);
  firewall.set('b', [port(3)]);
  assert.deepEqual(runner.commands, ['add element inet fw1 any4 { tcp . 3 : 10.1.1.2 . 80 }\n']);
  firewall.set('a', [port(2, 81)]);
  assert.deepEqual(published('fw1').sort(), ['2:81', '3:80']);
  firewall.delete('a');
  firewall.delete('b');
  assert.doesNotMatch(nft('list tables'), /fw1/);
});

test('what fails twice changes nothing, neither in the kernel nor in what is known', () => {
  const runner = new Runner();
  const firewall = new Firewall('fw2', runner.run);
  firewall.set('a', [port(1)]);
  runner.failing = 2;
  assert.throws(
    () => firewall.set('b', [port(2)]),
    (error) => isSelkieError(error, 'HOST') && /told to fail/.test(error.message),
  );
  assert.deepEqual(published('fw2'), ['1:80']);
  firewall.set('b', [port(2)]);
  assert.deepEqual(published('fw2').sort(), ['1:80', '2:80']);
});

test('an entry that contradicts another owner is refused', () => {
  const firewall = new Firewall('fw3');
  firewall.set('a', [port(1)]);
  assert.throws(
    () => firewall.set('b', [port(1, 99)]),
    (error) => isSelkieError(error, 'HOST'),
  );
  assert.deepEqual(published('fw3'), ['1:80']);
});

test('the table of the service before is added to until it is replaced', () => {
  new Firewall('fw4').set('running', [port(1)]);
  const next = new Firewall('fw4');
  next.set('new', [port(2)]);
  assert.deepEqual(published('fw4').sort(), ['1:80', '2:80']);
  next.delete('new');
  assert.deepEqual(published('fw4'), ['1:80']);
  next.replace(
    new Map([
      ['running', [port(1)]],
      ['new', [port(3)]],
    ]),
  );
  assert.deepEqual(published('fw4').sort(), ['1:80', '3:80']);
  next.replace(new Map());
  assert.doesNotMatch(nft('list tables'), /fw4/);
});

test('the table of a service that was killed goes with the last network, also where a container published nothing', () => {
  const firewall = new Firewall('fw5');
  firewall.replace(
    new Map([
      ['network', [port(1)]],
      ['container', []],
    ]),
  );
  firewall.delete('container');
  firewall.delete('network');
  assert.doesNotMatch(nft('list tables'), /fw5/);
});
