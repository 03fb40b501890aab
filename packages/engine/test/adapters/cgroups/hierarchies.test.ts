import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { mountPoints, readHierarchies } from '../../../src/adapters/cgroups/hierarchies.ts';

const V1 = [
  '30 25 0:26 / /sys/fs/cgroup ro,nosuid shared:9 - tmpfs tmpfs ro,mode=755',
  '32 30 0:28 / /sys/fs/cgroup/systemd rw,nosuid shared:11 - cgroup cgroup rw,xattr,name=systemd',
  '35 30 0:31 / /sys/fs/cgroup/cpu,cpuacct rw shared:15 - cgroup cgroup rw,cpu,cpuacct',
  '36 30 0:32 / /sys/fs/cgroup/memory rw shared:16 - cgroup cgroup rw,memory',
];
const UNIFIED = '31 30 0:27 / /sys/fs/cgroup/unified rw shared:10 - cgroup2 cgroup2 rw,nsdelegate';

suite('hierarchies of a host', () => {
  test('version 1, with two controllers in one', () => {
    const found = readHierarchies(V1.join('\n'));
    assert.equal(found.version, 1);
    assert.equal(found.controllers.get('cpuacct'), '/sys/fs/cgroup/cpu,cpuacct');
    assert.equal(found.controllers.get('name=systemd'), '/sys/fs/cgroup/systemd');
    assert.equal(mountPoints(found).length, 3);
  });

  test('hybrid is version 1 with one more to clean', () => {
    const found = readHierarchies([...V1, UNIFIED].join('\n'));
    assert.deepEqual([found.version, found.unified], [1, '/sys/fs/cgroup/unified']);
    assert.equal(mountPoints(found).length, 4);
  });

  test('version 2', () => {
    const found = readHierarchies('29 23 0:25 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw,nsdelegate');
    assert.deepEqual([found.version, found.unified, mountPoints(found)], [2, '/sys/fs/cgroup', ['/sys/fs/cgroup']]);
  });

  test('version 2 with systemd’s named hierarchy only is version 2', () => {
    assert.equal(readHierarchies([V1[1], UNIFIED].join('\n')).version, 2);
  });
});
