import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { processStart } from '../../src/containers/process-identity.ts';
import { checksDirectory, endLeftovers, PROCESS_FILE } from '../../src/health/leftovers.ts';

const runroot = mkdtempSync(join(tmpdir(), 'health-'));
after(() => rmSync(runroot, { recursive: true }));

function leave(name: string, pid: number, start: number): void {
  mkdirSync(join(checksDirectory({ runroot }), name), { recursive: true });
  writeFileSync(join(checksDirectory({ runroot }), name, PROCESS_FILE), `${pid} ${start}`);
}

test('checks left running are ended with all they started, and nothing else is', async () => {
  const check = spawn('sh', ['-c', 'sleep 1000 & echo $!; wait'], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const other = spawn('sleep', ['1000'], { stdio: 'ignore' });
  after(() => other.kill('SIGKILL'));
  const [line] = await once(check.stdout, 'data');
  const [pid = 0, otherPid = 0] = [check.pid, other.pid];
  leave('check', pid, processStart(pid));
  leave('reused', otherPid, processStart(otherPid) + 1);
  mkdirSync(join(checksDirectory({ runroot }), 'early'));

  endLeftovers({ runroot });

  await once(check, 'close'); // The grandchild held its output open.
  assert.equal(processStart(Number(String(line))), 0);
  assert.ok(processStart(otherPid) > 0);
  assert.ok(!existsSync(checksDirectory({ runroot })));
});

test('without leftovers there is nothing to do', () => {
  endLeftovers({ runroot });
});
