import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  addressBytes,
  formatAddress,
  formatBlock,
  fromBytes,
  lastOf,
  overlaps,
  parseAddress,
  parseBlock,
} from '../../src/networks/address.ts';

function canonical(text: string): string | undefined {
  const address = parseAddress(text);
  return address && formatAddress(address);
}

test('addresses are read and written in canonical form', () => {
  const cases = {
    '10.0.0.1': '10.0.0.1',
    '255.255.255.255': '255.255.255.255',
    '::': '::',
    '::1': '::1',
    '1::': '1::',
    'FD00:0:0:1:0:0:0:1': 'fd00:0:0:1::1',
    '2001:db8:0:1:1:1:1:1': '2001:db8:0:1:1:1:1:1',
    '2001:0:0:1:0:0:0:1': '2001:0:0:1::1',
    '2001:db8::0:10:0:0': '2001:db8::10:0:0',
    '10:0:0:100::': '10:0:0:100::',
    '::ffff:1.2.3.4': '::ffff:102:304',
    '1:2:3:4:5:6:7:8': '1:2:3:4:5:6:7:8',
  };
  for (const [text, expected] of Object.entries(cases)) assert.equal(canonical(text), expected, text);
});

test('what is no address is not read', () => {
  for (const text of [
    '',
    '1',
    '1.2.3',
    '1.2.3.4.5',
    '256.1.1.1',
    '01.2.3.4',
    '1.2.3.4 ',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '12345::',
    'fe80::1%eth0',
    '::1.2.3',
  ]) {
    assert.equal(parseAddress(text), undefined, text);
  }
});

test('blocks lose their host bits', () => {
  const read = (text: string) => {
    const block = parseBlock(text);
    return block && formatBlock(block);
  };
  assert.equal(read('10.1.2.3/16'), '10.1.0.0/16');
  assert.equal(read('fd00::1/64'), 'fd00::/64');
  assert.equal(read('1.2.3.4/0'), '0.0.0.0/0');
  for (const text of ['10.0.0.0', '10.0.0.0/33', 'fd00::/129', '10.0.0.0/', '10.0.0.0/-1', '10.0.0.0/8/8', '/8']) {
    assert.equal(read(text), undefined, text);
  }
});

test('blocks overlap where one contains the other', () => {
  const overlap = (a: string, b: string) => {
    const [x, y] = [parseBlock(a), parseBlock(b)];
    assert.ok(x && y);
    return overlaps(x, y);
  };
  assert.equal(overlap('10.0.0.0/8', '10.9.0.0/16'), true);
  assert.equal(overlap('10.9.0.0/16', '10.0.0.0/8'), true);
  assert.equal(overlap('10.8.0.0/16', '10.9.0.0/16'), false);
  assert.equal(overlap('0.0.0.0/0', 'fd00::/8'), false);
});

test('addresses are the bytes the kernel takes', () => {
  const address = parseAddress('fd00::102');
  assert.ok(address);
  assert.equal(Buffer.from(addressBytes(address)).toString('hex'), 'fd000000000000000000000000000102');
  assert.deepEqual(fromBytes(addressBytes(address)), address);
  const last = parseBlock('10.1.0.0/30');
  assert.equal(last && formatAddress({ family: 4, value: lastOf(last) }), '10.1.0.3');
});
