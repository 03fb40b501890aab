import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSelkieError } from '@selkie/contract';
import { parseListenUri } from '../../../src/http/listeners/uri.ts';

test('the three kinds of address', () => {
  assert.deepEqual(parseListenUri('unix:///run/selkie/selkie.sock'), { kind: 'unix', path: '/run/selkie/selkie.sock' });
  assert.deepEqual(parseListenUri('tcp://127.0.0.1:2375'), { kind: 'tcp', host: '127.0.0.1', port: 2375 });
  assert.deepEqual(parseListenUri('tcp://[::1]:0'), { kind: 'tcp', host: '::1', port: 0 });
  assert.deepEqual(parseListenUri('tcp://:2376'), { kind: 'tcp', host: '0.0.0.0', port: 2376 });
  assert.deepEqual(parseListenUri('fd://'), { kind: 'fd', which: '' });
  assert.deepEqual(parseListenUri('fd://docker'), { kind: 'fd', which: 'docker' });
});

test('anything else is refused with the forms that are accepted', () => {
  const bad = [
    '',
    '/run/x.sock',
    'unix://relative.sock',
    'unix://',
    'tcp://host',
    'tcp://h:99999',
    'http://x:1',
    'ssh://x',
  ];
  for (const uri of bad) {
    assert.throws(
      () => parseListenUri(uri),
      (error) => isSelkieError(error, 'INVALID_PARAMETER') && /unix:\/\/\/path/.test(error.message),
      uri,
    );
  }
});

test('a socket path the kernel would cut is refused', () => {
  assert.throws(() => parseListenUri(`unix:///${'a'.repeat(107)}`), /longer than 107 bytes/);
});
