import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { buildProcess } from '../../../src/containers/spec/process.ts';
import { host, ID, input, resolved } from '../../support/spec.ts';

function processOf(...args: Parameters<typeof input>) {
  const warnings: string[] = [];
  return { process: buildProcess(input(...args), (message) => warnings.push(message)), warnings };
}

suite('the process of a container', () => {
  test('has the environment beneath its own', () => {
    const { process } = processOf(
      { origin: { dialect: 'libpod' }, process: { terminal: true } },
      { process: resolved({ env: ['A=1', 'TERM=dumb', 'A=2=3'] }) },
    );
    assert.deepEqual(process.env, [
      'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      `HOSTNAME=${ID.slice(0, 12)}`,
      'TERM=dumb',
      'container=podman',
      'HOME=/root',
      'A=2=3',
    ]);
  });

  test('has TERM with a terminal only', () => {
    const terms = (terminal: boolean) =>
      processOf({ process: { terminal } }).process.env.filter((entry) => entry.startsWith('TERM='));
    assert.deepEqual([terms(true), terms(false)], [['TERM=xterm'], []]);
  });

  test('has a terminal size with a terminal only', () => {
    const consoleSize = { height: 24, width: 80 };
    assert.deepEqual(processOf({ process: { terminal: true, consoleSize } }).process.consoleSize, consoleSize);
    assert.equal(processOf({ process: { consoleSize } }).process.consoleSize, undefined);
  });

  test('malformed environment, directory and umask are refused', () => {
    for (const env of [['BARE'], ['=x'], ['A=\0']]) {
      assert.throws(() => processOf({}, { process: resolved({ env }) }), { code: 'INVALID_PARAMETER' });
    }
    assert.throws(() => processOf({}, { process: resolved({ workdir: 'here' }) }), { code: 'INVALID_PARAMETER' });
    assert.throws(() => processOf({ process: { umask: '99' } }), { code: 'INVALID_PARAMETER' });
    assert.equal(processOf({ process: { umask: '0077' } }).process.user.umask, 0o77);
  });

  test('the OOM score goes no lower than the host lets it', () => {
    const low = host({ minOomScoreAdj: 100 });
    const asked = processOf({ resources: { oomScoreAdj: -500 } }, { host: low });
    assert.equal(asked.process.oomScoreAdj, 100);
    assert.match(asked.warnings.join(), /limited to 100/);
    const silent = processOf({}, { host: low });
    assert.equal(silent.process.oomScoreAdj, 100);
    assert.deepEqual(silent.warnings, []);
    assert.throws(() => processOf({ resources: { oomScoreAdj: 1001 } }), { code: 'INVALID_PARAMETER' });
  });
});
