import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  familiar,
  familiarName,
  formatReference,
  parseDockerReference,
  parseReference,
  type Reference,
  repositoryName,
  withDefaultTag,
} from '../../src/images/reference.ts';

const SHA = 'a'.repeat(64);

const grammar: [string, Reference][] = [
  ['busybox', { path: 'busybox' }],
  ['busybox:1.36', { path: 'busybox', tag: '1.36' }],
  ['library/busybox', { path: 'library/busybox' }],
  ['quay.io/a/b/c:t', { domain: 'quay.io', path: 'a/b/c', tag: 't' }],
  ['localhost/a', { domain: 'localhost', path: 'a' }],
  ['localhost:5000/a:b', { domain: 'localhost:5000', path: 'a', tag: 'b' }],
  ['127.0.0.1:5000/a', { domain: '127.0.0.1:5000', path: 'a' }],
  ['[2001:db8::1]:5000/a', { domain: '[2001:db8::1]:5000', path: 'a' }],
  ['[::1]/a:1', { domain: '[::1]', path: 'a', tag: '1' }],
  ['UPPER/a', { domain: 'UPPER', path: 'a' }],
  ['xn--n3h.com/a', { domain: 'xn--n3h.com', path: 'a' }],
  [`a@sha256:${SHA}`, { path: 'a', digest: `sha256:${SHA}` }],
  [`q.io/a:t@sha256:${SHA}`, { domain: 'q.io', path: 'a', tag: 't', digest: `sha256:${SHA}` }],
  ['a__b/c--d/e.f-g_h', { path: 'a__b/c--d/e.f-g_h' }],
  ['a:_tag', { path: 'a', tag: '_tag' }],
  [`a:${'t'.repeat(128)}`, { path: 'a', tag: 't'.repeat(128) }],
  ['foo:80', { path: 'foo', tag: '80' }],
  ['foo:80/a', { domain: 'foo:80', path: 'a' }],
  [`${SHA.slice(1)}`, { path: SHA.slice(1) }],
];

for (const [text, expected] of grammar) {
  test(`reads ${text.slice(0, 40)}`, () => {
    assert.deepEqual(parseReference(text), expected);
    assert.equal(formatReference(parseReference(text)), text);
  });
}

for (const text of [
  '',
  ':tag',
  '@sha256:aa',
  'a@sha256:aa',
  `a@sha256:${'A'.repeat(64)}`,
  `a@sha256:${'g'.repeat(64)}`,
  `a@x@sha256:${SHA}`,
  'Upper',
  'a/Upper',
  'a//b',
  '/a',
  'a/',
  '-a',
  'a-',
  'a..b',
  'a___b',
  'a:.tag',
  'a:-tag',
  'a: tag',
  'a:b:c',
  `a:${'t'.repeat(129)}`,
  'a b',
  'https://quay.io/a',
  '[::1/a',
  '-bad.com/a',
  'a\n',
  'é/a',
  'a'.repeat(256),
  SHA,
]) {
  test(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => {
    assert.throws(() => parseReference(text), { code: 'INVALID_PARAMETER', message: /^invalid reference format/ });
  });
}

const normal: [text: string, full: string, familiarForm: string][] = [
  ['busybox', 'docker.io/library/busybox', 'busybox'],
  ['team/app:1', 'docker.io/team/app:1', 'team/app:1'],
  ['docker.io/busybox', 'docker.io/library/busybox', 'busybox'],
  ['index.docker.io/busybox', 'docker.io/library/busybox', 'busybox'],
  ['docker.io/library/busybox', 'docker.io/library/busybox', 'busybox'],
  ['library/busybox', 'docker.io/library/busybox', 'busybox'],
  ['docker.io/library/a/b', 'docker.io/library/a/b', 'library/a/b'],
  ['quay.io/busybox', 'quay.io/busybox', 'quay.io/busybox'],
  ['localhost/library/a', 'localhost/library/a', 'localhost/library/a'],
  [`busybox@sha256:${SHA}`, `docker.io/library/busybox@sha256:${SHA}`, `busybox@sha256:${SHA}`],
];

for (const [text, full, short] of normal) {
  test(`Docker reads ${text.slice(0, 40)}`, () => {
    const reference = parseDockerReference(text);
    assert.equal(formatReference(reference), full);
    assert.equal(familiar(reference), short);
    assert.equal(formatReference(parseDockerReference(short)), full);
  });
}

test('an upper-case name says why', () => {
  assert.throws(() => parseReference('Busybox'), {
    message: 'invalid reference format: repository name (Busybox) must be lowercase',
  });
});

test('the default tag only where nothing is said', () => {
  assert.equal(formatReference(withDefaultTag(parseReference('a'))), 'a:latest');
  assert.equal(formatReference(withDefaultTag(parseReference('a:b'))), 'a:b');
  assert.equal(withDefaultTag(parseReference(`a@sha256:${SHA}`)).tag, undefined);
  assert.equal(repositoryName(parseDockerReference('a:b')), 'docker.io/library/a');
  assert.equal(familiarName(parseDockerReference('a:b')), 'a');
});
