import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ErrorCode, isSelkieError } from '@selkie/contract';
import { Router } from '../../src/http/router.ts';
import { parseTarget } from '../../src/http/target.ts';
import { row } from './support/rows.ts';

const rows = [
  row('GET', '/containers/json'),
  row('GET', '/containers/{id}/json'),
  row('DELETE', '/containers/{id}'),
  row('GET', '/images/json'),
  row('GET', '/images/search'),
  row('GET', '/images/{name:*}/json'),
  row('DELETE', '/images/{name:*}'),
  row('GET', '/images/{name:*}/get'),
  row('GET', '/images/get'),
  row('POST', '/images/create', { operationId: 'pull', whenQuery: 'fromImage' }),
  row('POST', '/images/create', { operationId: 'import', whenQuery: 'fromSrc' }),
  row('GET', '/files/{name}'),
  row('HEAD', '/files/{name}'),
  row('GET', '/young', { since: '1.44' }),
  row('GET', '/old', { until: '1.43' }),
  row('GET', '/shape', { operationId: 'old shape', until: '1.43' }),
  row('GET', '/shape', { operationId: 'new shape', since: '1.44' }),
  row('GET', '/libpod/info'),
  row('POST', '/libpod/manifests/{name:*}'),
  row('POST', '/libpod/manifests/{name:*}/registry/{destination:*}'),
  row('DELETE', '/libpod/images/remove'),
  row('DELETE', '/libpod/images/{name:*}'),
];
const router = new Router<never>([], rows);

function match(method: string, url: string) {
  const { operation, path, version } = router.match(method, parseTarget(url));
  return { id: operation.operationId, path, version };
}

function refuses(method: string, url: string, code: ErrorCode, message?: RegExp) {
  assert.throws(
    () => match(method, url),
    (error) => isSelkieError(error, code) && (message === undefined || message.test(error.message)),
    `${method} ${url}`,
  );
}

test('a name takes one segment and may hold encoded slashes', () => {
  assert.deepEqual(match('GET', '/v1.45/containers/%2Fweb%20one/json').path, { id: '/web one' });
  refuses('GET', '/containers/a/b/json', 'PAGE_NOT_FOUND');
});

test('a starred name takes many segments, raw or encoded', () => {
  assert.deepEqual(match('GET', '/images/quay.io/a/b:1/json'), {
    id: 'GET /images/{name:*}/json',
    path: { name: 'quay.io/a/b:1' },
    version: '1.55',
  });
  assert.deepEqual(match('GET', '/images/quay.io%2Fa%2Fb/json').path, { name: 'quay.io/a/b' });
  assert.deepEqual(match('POST', '/libpod/manifests/a/b/registry/quay.io/a/b').path, {
    name: 'a/b',
    destination: 'quay.io/a/b',
  });
});

test('literal paths win over names', () => {
  assert.equal(match('GET', '/containers/json').id, 'GET /containers/json');
  assert.equal(match('GET', '/images/json').id, 'GET /images/json');
  assert.equal(match('GET', '/images/get').id, 'GET /images/get');
  assert.equal(match('GET', '/images/a/get').id, 'GET /images/{name:*}/get');
  assert.equal(match('DELETE', '/libpod/images/remove').id, 'DELETE /libpod/images/remove');
  assert.equal(match('DELETE', '/libpod/images/a/b').id, 'DELETE /libpod/images/{name:*}');
});

test('doubled slashes are cleaned in the path and left alone in the query', () => {
  assert.equal(match('GET', '//v1.45//containers///json').id, 'GET /containers/json');
  assert.equal(router.match('GET', parseTarget('/images/json?x=a//b')).query.get('x'), 'a//b');
});

test('the absolute form of a target is its path', () => {
  assert.equal(match('GET', 'http://d/v1.45/containers/json').id, 'GET /containers/json');
});

test('HEAD falls to GET only where no HEAD row is', () => {
  assert.equal(match('HEAD', '/containers/json').id, 'GET /containers/json');
  assert.equal(match('HEAD', '/files/x').id, 'HEAD /files/{name}');
});

test('a wrong method is told which ones there are, an unknown path and a trailing slash are not found', () => {
  refuses('PUT', '/files/x', 'METHOD_NOT_ALLOWED', /GET, HEAD/);
  refuses('GET', '/nowhere', 'PAGE_NOT_FOUND');
  refuses('GET', '/v1.45', 'PAGE_NOT_FOUND');
  refuses('GET', '/containers/json/', 'PAGE_NOT_FOUND');
});

test('a bad escape in the path is the client’s fault', () => {
  refuses('GET', '/containers/%zz/json', 'INVALID_PARAMETER');
});

test('versions outside the matrix are refused, and in it decide the shape', () => {
  refuses('GET', '/v1.23/containers/json', 'VERSION_TOO_OLD', /1\.23.*1\.24/);
  refuses('GET', '/v1.99/containers/json', 'VERSION_TOO_NEW', /1\.99.*1\.55/);
  refuses('GET', '/v3.0.0/libpod/info', 'VERSION_TOO_OLD', /4\.0\.0/);
  refuses('GET', '/v9.0.0/libpod/info', 'VERSION_TOO_NEW');
  assert.equal(match('GET', '/v1.24/containers/json').version, '1.24');
  assert.equal(match('GET', '/v5.4.2/libpod/info').version, '5.4.2');
  assert.equal(match('GET', '/libpod/info').version, '5.8.2');
  assert.equal(match('GET', '/v5.8.9-dev/libpod/info').version, '5.8.9');
  assert.equal(match('GET', '/v1.44/libpod/info').version, '5.8.2');
});

test('an unknown page is not found whatever the version', () => {
  refuses('GET', '/v1.99/nowhere', 'PAGE_NOT_FOUND');
});

test('operations exist from their first to their last version', () => {
  refuses('GET', '/v1.43/young', 'PAGE_NOT_FOUND');
  assert.equal(match('GET', '/v1.44/young').id, 'GET /young');
  refuses('GET', '/old', 'PAGE_NOT_FOUND');
  assert.equal(match('GET', '/v1.43/old').id, 'GET /old');
  assert.equal(match('GET', '/v1.43/shape').id, 'old shape');
  assert.equal(match('GET', '/v1.44/shape').id, 'new shape');
});

test('the query key that is present selects between two rows of one path', () => {
  assert.equal(match('POST', '/images/create?fromImage=busybox').id, 'pull');
  assert.equal(match('POST', '/images/create?fromsrc=-&repo=x').id, 'import');
  refuses('POST', '/images/create?repo=x', 'INVALID_PARAMETER', /fromImage or fromSrc/);
});
