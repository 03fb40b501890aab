import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { directoryOf, pathFor } from '../../../src/adapters/cgroups/location.ts';

suite('where a container’s groups are', () => {
  test('with files', () => {
    assert.equal(pathFor('cgroupfs', 'id', undefined), '/selkie/id');
    assert.equal(pathFor('cgroupfs', 'id', '/a//b/'), '/a/b/id');
    assert.equal(directoryOf('/a/b/id'), '/a/b/id');
  });

  test('with systemd', () => {
    assert.equal(pathFor('systemd', 'id', undefined), 'system.slice:selkie:id');
    assert.equal(directoryOf('system.slice:selkie:id'), '/system.slice/selkie-id.scope');
    assert.equal(directoryOf('a-b-c.slice:selkie:id'), '/a.slice/a-b.slice/a-b-c.slice/selkie-id.scope');
    assert.equal(directoryOf('-.slice:selkie:id'), '/selkie-id.scope');
  });

  test('a parent the manager cannot use is refused', () => {
    for (const parent of ['/a/../../b', '..']) {
      assert.throws(() => pathFor('cgroupfs', 'id', parent), { code: 'INVALID_PARAMETER' }, parent);
    }
    for (const parent of ['/a', 'a', 'a:b.slice', 'a/b.slice']) {
      assert.throws(() => pathFor('systemd', 'id', parent), { code: 'INVALID_PARAMETER' }, parent);
    }
  });
});
