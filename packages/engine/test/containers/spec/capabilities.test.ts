import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  CAPABILITIES,
  capabilitiesOfMask,
  capabilitySets,
  resolveCapabilities,
} from '../../../src/containers/spec/capabilities.ts';

const DEFAULTS = ['CAP_CHOWN', 'CAP_KILL'];
const resolve = (
  asked: { capAdd?: string[]; capDrop?: string[]; privileged?: boolean },
  available: readonly string[] = CAPABILITIES,
  warnings: string[] = [],
) =>
  resolveCapabilities({ privileged: false, capAdd: [], capDrop: [], ...asked }, DEFAULTS, available, (message) =>
    warnings.push(message),
  );

suite('capabilities', () => {
  test('are the defaults where nothing is asked for', () => {
    assert.deepEqual(resolve({}), DEFAULTS);
  });

  test('names are taken in any case, with and without prefix', () => {
    assert.deepEqual(resolve({ capAdd: ['sys_time', 'CAP_SYSLOG'], capDrop: ['Kill'] }), [
      'CAP_CHOWN',
      'CAP_SYS_TIME',
      'CAP_SYSLOG',
    ]);
  });

  test('dropping all leaves what is added by name', () => {
    assert.deepEqual(resolve({ capAdd: ['NET_ADMIN'], capDrop: ['ALL'] }), ['CAP_NET_ADMIN']);
    assert.deepEqual(resolve({ capDrop: ['all'] }), []);
  });

  test('adding all gives the host’s, without what is dropped', () => {
    const available = ['CAP_CHOWN', 'CAP_KILL', 'CAP_SYS_ADMIN'];
    assert.deepEqual(resolve({ capAdd: ['ALL'], capDrop: ['kill'] }, available), ['CAP_CHOWN', 'CAP_SYS_ADMIN']);
  });

  test('privileged is all the host has, no more', () => {
    const available = CAPABILITIES.filter((name) => name !== 'CAP_SYS_RESOURCE');
    assert.deepEqual(resolve({ privileged: true }, available), available);
  });

  test('an unknown name and one the host lacks are refused', () => {
    assert.throws(() => resolve({ capAdd: ['FLY'] }), { code: 'INVALID_PARAMETER', message: /FLY/ });
    assert.throws(() => resolve({ capDrop: ['CAP_FLY'] }), { code: 'INVALID_PARAMETER' });
    assert.throws(() => resolve({ capAdd: ['SYS_TIME'] }, ['CAP_CHOWN']), { code: 'INVALID_PARAMETER' });
  });

  test('a default the host lacks is left out with a warning', () => {
    const warnings: string[] = [];
    assert.deepEqual(resolve({}, ['CAP_CHOWN'], warnings), ['CAP_CHOWN']);
    assert.match(warnings.join(), /CAP_KILL/);
  });

  test('the kernel’s mask names them', () => {
    assert.deepEqual(capabilitiesOfMask('0000000000000021'), ['CAP_CHOWN', 'CAP_KILL']);
    assert.equal(capabilitiesOfMask('000001ffffffffff').length, CAPABILITIES.length);
  });

  test('a user that is not root gets added ones in the ambient set where the dialect promises it', () => {
    const asked = { privileged: false, capAdd: ['kill'], capDrop: [] };
    const sets = (ambientAdded: boolean) =>
      capabilitySets(DEFAULTS, 1000, asked, { capabilities: DEFAULTS, ambientAdded });
    assert.deepEqual([sets(true).ambient, sets(true).bounding], [['CAP_KILL'], DEFAULTS]);
    assert.deepEqual([sets(false).ambient, sets(false).effective], [[], []]);
  });
});
