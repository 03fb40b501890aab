import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { endpointsFor } from '../../../src/adapters/registry/endpoints.ts';
import {
  NO_REGISTRIES_CONF,
  parseRegistriesConf,
  readRegistriesConf,
} from '../../../src/adapters/registry/registries-conf.ts';
import { registriesSource } from '../../../src/adapters/registry/registries-file.ts';

const CONF = `
unqualified-search-registries = ["quay.io", "docker.io"]
short-name-mode = "enforcing"

[[registry]]
prefix = "docker.io/library"
location = "127.0.0.1:5000/library"
insecure = true

[[registry]]
location = "quay.io"
[[registry.mirror]]
location = "mirror.local/quay"
insecure = true
[[registry.mirror]]
location = "digests.local"
pull-from-mirror = "digest-only"

[[registry]]
prefix = "*.evil.example"
blocked = true

[[registry]]
prefix = "quay.io/team"
location = "team.local:8080"

[aliases]
fedora = "registry.fedoraproject.org/fedora"
`;

function directory(t: { after(f: () => void): void }): string {
  const made = mkdtempSync(join(tmpdir(), 'selkie-conf-'));
  t.after(() => rmSync(made, { recursive: true }));
  return made;
}

const conf = { ...NO_REGISTRIES_CONF, ...parseRegistriesConf(CONF, 'test') };
const places = (name: string, byDigest = false) => {
  const slash = name.indexOf('/');
  const repository = { host: name.slice(0, slash), path: name.slice(slash + 1) };
  return endpointsFor({ conf, insecureRegistries: ['plain.local:80'] }, repository, byDigest).map(
    ({ host, path, insecure }) => `${host}/${path}${insecure ? ' insecure' : ''}`,
  );
};

test('search registries, aliases and mode', () => {
  assert.deepEqual(conf.searchRegistries, ['quay.io', 'docker.io']);
  assert.deepEqual(conf.aliases, { fedora: 'registry.fedoraproject.org/fedora' });
  assert.equal(conf.mode, 'enforcing');
});

test('where a repository is asked for', () => {
  assert.deepEqual(places('docker.io/library/busybox'), ['127.0.0.1:5000/library/busybox insecure']);
  assert.deepEqual(places('docker.io/librarything/x'), ['registry-1.docker.io/librarything/x']);
  assert.deepEqual(places('quay.io/a/b'), ['mirror.local/quay/a/b insecure', 'quay.io/a/b']);
  assert.deepEqual(places('quay.io/a/b', true), ['mirror.local/quay/a/b insecure', 'digests.local/a/b', 'quay.io/a/b']);
  assert.deepEqual(places('quay.io/team/x'), ['team.local:8080/x']);
  assert.deepEqual(places('plain.local:80/x'), ['plain.local:80/x insecure']);
  assert.deepEqual(places('plain.local/x'), ['plain.local/x']);
});

test('loopback may be plain, a name that begins like it may not', () => {
  for (const host of ['localhost', 'localhost:5000', '127.1.2.3:80', '[::1]:5000']) {
    assert.deepEqual(places(`${host}/x`), [`${host}/x insecure`]);
  }
  for (const host of ['localhost.evil.example2', '127.0.0.1.nip.io', '128.0.0.1:5000']) {
    assert.deepEqual(places(`${host}/x`), [`${host}/x`]);
  }
});

test('a blocked registry', () => {
  assert.throws(() => places('a.evil.example/x'), { code: 'REGISTRY', message: /blocked/ });
  assert.deepEqual(places('evil.example/x'), ['evil.example/x']);
});

test('credentials go to the registry and not to its mirrors', () => {
  const credentials = { username: 'u', password: 'p' };
  const found = endpointsFor({ conf, insecureRegistries: [] }, { host: 'quay.io', path: 'a', credentials }, false);
  assert.deepEqual(
    found.map((endpoint) => endpoint.credentials),
    [undefined, credentials],
  );
});

test('drop-ins add to the file and override its registries', (t) => {
  const path = join(directory(t), 'registries.conf');
  assert.deepEqual(readRegistriesConf(path), NO_REGISTRIES_CONF);
  writeFileSync(path, CONF);
  mkdirSync(`${path}.d`);
  writeFileSync(
    join(`${path}.d`, '10.conf'),
    '[[registry]]\nlocation = "quay.io"\ninsecure = true\n[aliases]\nx = "y.io/x"',
  );
  writeFileSync(join(`${path}.d`, '20.conf'), 'unqualified-search-registries = ["only.io"]');
  writeFileSync(join(`${path}.d`, 'ignored.txt'), '[[[');
  const read = readRegistriesConf(path);
  assert.deepEqual(read.searchRegistries, ['only.io']);
  assert.deepEqual(Object.keys(read.aliases), ['fedora', 'x']);
  const quay = read.registries.filter(({ prefix }) => prefix === 'quay.io');
  assert.deepEqual(quay, [{ prefix: 'quay.io', location: 'quay.io', insecure: true, blocked: false, mirrors: [] }]);
});

test('a change counts without a restart', (t) => {
  const path = join(directory(t), 'registries.conf');
  const source = registriesSource(path);
  assert.deepEqual(source().searchRegistries, []);
  writeFileSync(path, 'unqualified-search-registries = ["a.io"]');
  assert.deepEqual(source().searchRegistries, ['a.io']);
  assert.equal(source(), source());
});

for (const wrong of [
  '[[',
  'unqualified-search-registries = "docker.io"',
  'short-name-mode = "maybe"',
  '[[registry]]\ninsecure = true',
  '[[registry]]\nlocation = "a"\ninsecure = "yes"',
  '[[registry]]\nlocation = "a"\n[[registry.mirror]]\ninsecure = true',
  '[registries.search]\nregistries = ["a"]',
]) {
  test(`refused: ${wrong.replaceAll('\n', ' ')}`, () => {
    assert.throws(() => parseRegistriesConf(wrong, '/etc/x.conf'), { code: 'HOST', message: /^\/etc\/x\.conf: / });
  });
}
