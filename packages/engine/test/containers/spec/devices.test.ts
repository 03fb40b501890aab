import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { buildDevices } from '../../../src/containers/spec/devices.ts';
import { deviceNumbers, hostDevices } from '../../../src/containers/spec/host-devices.ts';
import { device, devices } from '../../support/spec.ts';

const FUSE = device('/dev/fuse', 'c', 10, 229);
const SOUND = [device('/dev/snd/pcm', 'c', 116, 2), device('/dev/snd/sub/ctl', 'c', 116, 3)];
const HOST = devices(FUSE, ...SOUND);
const plain = { privileged: false, deviceCgroupRules: [] };
const asked = (hostPath: string, containerPath = hostPath, permissions = 'rwm') => ({
  hostPath,
  containerPath,
  permissions,
});

suite('devices', () => {
  test('none but the runtime’s own without a word', () => {
    assert.deepEqual(buildDevices([], plain, HOST), { devices: [], rules: [{ allow: false, access: 'rwm' }] });
  });

  test('one of the host under another name, with the access asked for', () => {
    const { devices: nodes, rules } = buildDevices([asked('/dev/fuse', '/dev/f', 'rw')], plain, HOST);
    assert.deepEqual(nodes, [{ ...FUSE, path: '/dev/f' }]);
    assert.deepEqual(rules[1], { allow: true, type: 'c', major: 10, minor: 229, access: 'rw' });
  });

  test('a directory brings all beneath it', () => {
    const { devices: nodes } = buildDevices([asked('/dev/snd', '/dev/sound')], plain, HOST);
    assert.deepEqual(
      nodes.map((node) => node.path),
      ['/dev/sound/pcm', '/dev/sound/sub/ctl'],
    );
  });

  test('a privileged container has all', () => {
    const { devices: nodes, rules } = buildDevices([], { ...plain, privileged: true }, HOST);
    assert.equal(nodes.length, 3);
    assert.deepEqual(rules, [{ allow: true, access: 'rwm' }]);
  });

  test('rules are parsed', () => {
    const { rules } = buildDevices([], { ...plain, deviceCgroupRules: ['c 10:* rm', 'a *:* rwm'] }, HOST);
    assert.deepEqual(rules.slice(1), [
      { allow: true, type: 'c', major: 10, access: 'rm' },
      { allow: true, type: 'a', access: 'rwm' },
    ]);
  });

  test('what is malformed or missing is refused', () => {
    const refused = { code: 'INVALID_PARAMETER' };
    assert.throws(() => buildDevices([asked('/dev/none')], plain, HOST), refused);
    assert.throws(() => buildDevices([asked('/dev/fuse', '/dev/fuse', 'rx')], plain, HOST), refused);
    assert.throws(() => buildDevices([asked('/dev/fuse', '/dev/fuse', 'rr')], plain, HOST), refused);
    for (const rule of ['c 1:1', 'd 1:1 r', 'c 1:1 rwx', 'c -1:1 r']) {
      assert.throws(() => buildDevices([], { ...plain, deviceCgroupRules: [rule] }, HOST), refused, rule);
    }
  });
});

suite('devices of this host', () => {
  test('are found by stat', () => {
    const [found] = hostDevices.find('/dev/null');
    assert.deepEqual([found?.type, found?.major, found?.minor, found?.fileMode], ['c', 1, 3, 0o666]);
    assert.deepEqual(hostDevices.find('/dev/nothing-there'), []);
    assert.deepEqual(hostDevices.find('/etc/passwd'), []);
  });

  test('leave out what a container has of its own', () => {
    const paths = hostDevices.all().map((found) => found.path);
    assert.ok(paths.includes('/dev/null'));
    assert.ok(!paths.some((path) => /^\/dev\/(pts|shm|mqueue)\//.test(path) || path === '/dev/console'));
  });

  test('large numbers are taken apart', () => {
    assert.deepEqual(deviceNumbers(0x123_4_ab_cd), { major: 0x4ab, minor: 0x123cd });
    assert.deepEqual(deviceNumbers((259 << 8) | 7), { major: 259, minor: 7 });
  });
});
