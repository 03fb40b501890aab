import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAddress } from '../../src/http/address.ts';

test('addresses', () => {
  assert.deepEqual(parseAddress('unix:///run/a%20b.sock'), { kind: 'unix', path: '/run/a b.sock' });
  assert.deepEqual(parseAddress('tcp://127.0.0.1:80'), { kind: 'tcp', host: '127.0.0.1', port: 80 });
  assert.deepEqual(parseAddress('tcp://[::1]:2376'), { kind: 'tcp', host: '::1', port: 2376 });
  assert.deepEqual(parseAddress('tcp://host'), { kind: 'tcp', host: 'host', port: 2375 });
  assert.deepEqual(parseAddress('ssh://me@host:22/run/x.sock'), {
    kind: 'ssh',
    destination: 'me@host',
    port: 22,
    path: '/run/x.sock',
  });
  assert.deepEqual(parseAddress('ssh://host'), {
    kind: 'ssh',
    destination: 'host',
    port: undefined,
    path: '/run/selkie/selkie.sock',
  });
});

test('what is no address is refused with what would be one', () => {
  assert.throws(() => parseAddress('/run/x.sock'), /must begin with unix:\/\/, tcp:\/\/ or ssh:\/\//);
  assert.throws(() => parseAddress('http://host'), /must begin with/);
  assert.throws(() => parseAddress('unix://run/x.sock'), /absolute path/);
  assert.throws(() => parseAddress('tcp://'), /no host/);
});
