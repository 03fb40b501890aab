import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareVersions, inRange, resolveVersion, VERSIONS } from '../src/versions.ts';

describe('versions', () => {
  it('order by number, not by text', () => {
    assert.ok(compareVersions('1.9', '1.24') < 0);
    assert.ok(compareVersions('5.10.0', '5.8.2') > 0);
    assert.equal(compareVersions('5.8', '5.8.0'), 0);
  });

  it('lie in a range that includes its ends and may be open', () => {
    assert.ok(inRange('1.24', '1.24', '1.30'));
    assert.ok(inRange('1.30', '1.24', '1.30'));
    assert.ok(!inRange('1.31', '1.24', '1.30'));
    assert.ok(!inRange('1.23', '1.24'));
    assert.ok(inRange('1.55', '1.24'));
  });

  it('of a request without one are the newest', () => {
    assert.equal(resolveVersion('docker', undefined), VERSIONS.docker.max);
    assert.equal(resolveVersion('libpod', undefined), VERSIONS.libpod.max);
  });

  it('too old or too new are refused in the words clients look for', () => {
    assert.throws(() => resolveVersion('docker', '1.23'), {
      code: 'VERSION_TOO_OLD',
      message:
        'client version 1.23 is too old. Minimum supported API version is 1.24, please upgrade your client to a newer version',
    });
    assert.throws(() => resolveVersion('docker', '1.99'), { code: 'VERSION_TOO_NEW' });
    assert.throws(() => resolveVersion('libpod', '3.4.0'), { code: 'VERSION_TOO_OLD' });
    assert.throws(() => resolveVersion('libpod', '6.0.0'), { code: 'VERSION_TOO_NEW' });
  });

  it('may be a patch release newer than ours', () => {
    assert.equal(resolveVersion('libpod', '5.8.99'), '5.8.99');
  });

  it("of the other group mean this group's newest", () => {
    assert.equal(resolveVersion('libpod', '1.44'), VERSIONS.libpod.max);
    assert.equal(resolveVersion('docker', '5.4.2'), VERSIONS.docker.max);
  });
});
