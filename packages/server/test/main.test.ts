import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Daemon } from '../../../conformance/support/daemon.ts';
import { findLeaks } from '../../../conformance/support/leaks.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));

let directory: string;
before(() => {
  directory = mkdtempSync(join(tmpdir(), 'selkie-main-'));
});
after(() => rmSync(directory, { recursive: true, force: true }));

test('Ctrl-C under npm, which arrives twice, stops the service in good order', async () => {
  const [root, runroot, socket] = [join(directory, 'root'), join(directory, 'run'), join(directory, 'api.sock')];
  const daemon = new Daemon(process.execPath, [
    MAIN,
    '--root',
    root,
    '--runroot',
    runroot,
    '--listen',
    `unix://${socket}`,
  ]);
  await daemon.ready(() => daemon.log.includes('"ready"') || undefined);
  process.kill(daemon.pid, 'SIGINT');
  process.kill(daemon.pid, 'SIGINT');
  assert.equal(await daemon.ended(), 0, daemon.log);
  assert.equal(existsSync(socket), false);
  assert.deepEqual(findLeaks({ root, runroot, containerIds: new Set() }), []);
});

test('a mistyped option is answered with its name and the way to help', async () => {
  const daemon = new Daemon(process.execPath, [MAIN, '--lisen', 'unix:///tmp/x']);
  assert.equal(await daemon.ended(), 125);
  assert.match(daemon.log, /--lisen/);
  assert.match(daemon.log, /See --help/);
});
