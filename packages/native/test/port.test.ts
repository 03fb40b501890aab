import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { test } from 'node:test';
import { leaveNetns } from '../src/netns.ts';
import { holdPort } from '../src/port.ts';
import { Rtnetlink } from '../src/rtnetlink.ts';

leaveNetns();
{
  using rtnetlink = new Rtnetlink();
  rtnetlink.setLink(rtnetlink.link('lo')?.index ?? 0, { up: true });
}

const any4 = new Uint8Array(4);
const any6 = new Uint8Array(16);
const loopback = Uint8Array.from([127, 0, 0, 1]);

async function connects(port: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const outcome = await once(socket, 'connect').then(
    () => 'connected',
    (error) => String(error.code),
  );
  socket.destroy();
  return outcome;
}

test('a held port cannot be bound by anyone and refuses connections', async () => {
  using held = holdPort('tcp', any4, 0);
  assert.ok(held.port > 0);
  assert.throws(() => holdPort('tcp', loopback, held.port), { code: 'EADDRINUSE' });
  const [error] = await once(createServer().listen(held.port, '127.0.0.1'), 'error');
  assert.equal(error.code, 'EADDRINUSE');
  assert.equal(await connects(held.port), 'ECONNREFUSED');
});

test('families and protocols are apart, and what is let go is free', () => {
  const held = holdPort('tcp', any4, 0);
  using _six = holdPort('tcp', any6, held.port);
  using _udp = holdPort('udp', any4, held.port);
  assert.throws(() => holdPort('udp', loopback, held.port), { code: 'EADDRINUSE' });
  held[Symbol.dispose]();
  holdPort('tcp', any4, held.port)[Symbol.dispose]();
});

test('an address the host does not have is refused', () => {
  assert.throws(() => holdPort('tcp', Uint8Array.from([203, 0, 113, 9]), 0), { code: 'EADDRNOTAVAIL' });
});

test('connections a server closed a moment ago are no obstacle', async () => {
  const server = createServer((socket) => socket.end('bye')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  // The side that closes first lingers in TIME_WAIT: the server's.
  const client = connect({ port: address.port, host: '127.0.0.1', allowHalfOpen: true });
  client.resume();
  await once(client, 'end');
  client.end();
  await once(client, 'close');
  server.close();
  await once(server, 'close');
  using held = holdPort('tcp', any4, address.port);
  assert.equal(held.port, address.port);
  assert.throws(() => holdPort('tcp', any4, address.port), { code: 'EADDRINUSE' });
});
