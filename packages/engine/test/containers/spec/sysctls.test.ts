import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { buildSysctls } from '../../../src/containers/spec/sysctls.ts';
import { input } from '../../support/spec.ts';

type Parts = Parameters<typeof input>[0];
const sysctls = (asked: Record<string, string>, parts: Parts = {}) =>
  buildSysctls(input({ ...parts, security: { sysctls: asked } }));

suite('sysctls', () => {
  test('let users of an own network use low ports and ping, unless told otherwise', () => {
    assert.equal(sysctls({})['net.ipv4.ip_unprivileged_port_start'], '0');
    const asked = { 'net.ipv4.ip_unprivileged_port_start': '1024' };
    assert.equal(sysctls(asked)['net.ipv4.ip_unprivileged_port_start'], '1024');
    assert.deepEqual(sysctls({}, { network: { mode: { kind: 'host' } } }), {});
  });

  test('need a namespace of the container’s own', () => {
    const kind = 'host' as const;
    const refused = { code: 'INVALID_PARAMETER' };
    assert.throws(() => sysctls({ 'net.ipv4.ip_forward': '1' }, { network: { mode: { kind } } }), refused);
    assert.throws(() => sysctls({ 'kernel.shmmax': '1' }, { namespaces: { ipc: { kind } } }), refused);
    assert.throws(() => sysctls({ 'fs.mqueue.msg_max': '1' }, { namespaces: { ipc: { kind } } }), refused);
    assert.equal(sysctls({ 'kernel.shmmax': '1' })['kernel.shmmax'], '1');
  });

  test('of the whole host are refused, however they are written', () => {
    for (const name of ['vm.swappiness', 'kernel.panic', 'net/../vm/swappiness', 'net...vm', 'kernel.hostname']) {
      assert.throws(() => sysctls({ [name]: '1' }), { code: 'INVALID_PARAMETER' }, name);
    }
  });
});
