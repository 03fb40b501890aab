import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { buildSpec } from '../../../src/containers/spec/spec.ts';
import { features, host, ID, input, resolved } from '../../support/spec.ts';

const specOf = (...args: Parameters<typeof input>) => buildSpec(input(...args)).spec;

suite('the spec of a container', () => {
  test('that asks for nothing raises no warning and says what is run where', () => {
    const { spec, warnings } = buildSpec(input());
    assert.deepEqual(warnings, []);
    assert.deepEqual(spec.root, { path: '/rootfs', readonly: false });
    assert.equal(spec.linux.cgroupsPath, `/selkie/${ID}`);
    assert.equal(spec.hostname, ID.slice(0, 12));
    assert.equal(spec.process.cwd, '/');
    assert.equal(spec.process.user.umask, 0o022);
    assert.equal(spec.process.oomScoreAdj, 0);
  });

  test('carries annotations, names and the read-only root', () => {
    const spec = specOf({
      annotations: { a: 'b' },
      hostname: 'h',
      domainname: 'd',
      security: { readOnlyRootfs: true },
    });
    assert.deepEqual(
      [spec.annotations, spec.hostname, spec.domainname, spec.root.readonly],
      [{ a: 'b' }, 'h', 'd', true],
    );
  });

  test('protects kernel paths unless it is privileged or says otherwise', () => {
    assert.ok(specOf().linux.maskedPaths.includes('/proc/kcore'));
    assert.ok(specOf().linux.readonlyPaths.includes('/proc/sys'));
    assert.deepEqual(specOf({ security: { privileged: true } }).linux.maskedPaths, []);
    assert.deepEqual(specOf({ security: { maskedPaths: [], readonlyPaths: ['/x'] } }).linux.readonlyPaths, ['/x']);
  });

  test('defaults differ where the dialects’ clients expect it', () => {
    const [docker, libpod] = [specOf(), specOf({ origin: { dialect: 'libpod' } })];
    assert.ok(docker.process.capabilities.bounding.includes('CAP_NET_RAW'));
    assert.ok(!libpod.process.capabilities.bounding.includes('CAP_NET_RAW'));
    assert.equal(docker.linux.resources.pids, undefined);
    assert.deepEqual(libpod.linux.resources.pids, { limit: 2048 });
  });

  test('runs an init in front', () => {
    const spec = specOf({ init: true }, { files: { init: '/usr/bin/catatonit' } });
    assert.deepEqual(spec.process.args, ['/sbin/docker-init', '--', '/bin/true']);
    assert.ok(spec.mounts.some((mount) => mount.source === '/usr/bin/catatonit'));
    assert.throws(() => specOf({ init: true }), { code: 'UNSUPPORTED' });
  });

  test('without a command is refused', () => {
    assert.throws(() => specOf({}, { process: resolved({ args: [] }) }), { code: 'INVALID_PARAMETER' });
  });

  test('labels are refused where there is SELinux and warned about elsewhere', () => {
    const labelled = { security: { label: ['disable', 'type:x'] } };
    assert.match(buildSpec(input(labelled)).warnings.join(), /type:x/);
    assert.throws(() => specOf(labelled, { host: host({ selinux: true }) }), { code: 'UNSUPPORTED' });
  });

  test('an AppArmor profile needs AppArmor', () => {
    const asked = { security: { apparmor: 'mine' } };
    assert.throws(() => specOf(asked), { code: 'INVALID_PARAMETER' });
    assert.equal(specOf(asked, { host: host({ apparmor: true }) }).process.apparmorProfile, 'mine');
    assert.equal(specOf({ security: { apparmor: 'unconfined' } }).process.apparmorProfile, undefined);
  });

  test('a warning is given once', () => {
    const lacking = host({ cgroups: { ...features, blkioWeight: false } });
    const { warnings } = buildSpec(
      input({ resources: { blkioWeight: 10, blkioWeightDevice: [{ path: '/dev/x', weight: 10 }] } }, { host: lacking }),
    );
    assert.equal(warnings.length, 1);
  });
});
