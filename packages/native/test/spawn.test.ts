import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { reap, spawnDetached } from '../src/spawn.ts';

const shell = (script: string, pipes: readonly ('read' | 'write')[] = ['read']) =>
  spawnDetached({
    program: 'sh',
    args: ['-c', script],
    env: { PATH: process.env.PATH, GIVEN: 'yes', LEFT_OUT: undefined },
    directory: '/usr',
    pipes,
  });

function said([output]: readonly Socket[]): Promise<string> {
  assert.ok(output);
  return text(output);
}

test('the program has its arguments, environment, directory and pipes', async () => {
  const { pid, pipes } = shell('read line <&4; echo "$line $GIVEN $(printenv LEFT_OUT || echo unset) $PWD" >&3', [
    'read',
    'write',
  ]);
  const [output, input] = pipes;
  assert.ok(output && input);
  input.end('hello\n');
  assert.equal(await text(output), 'hello yes unset /usr\n');
  await reap(pid);
});

test('it is the leader of its session, and signals are as a fresh process has them', async () => {
  // The shell itself becomes grep: around a fork it blocks signals for a moment.
  const { pid, pipes } = shell('cut -d" " -f6 /proc/$$/stat >&3; exec grep -E "^Sig(Blk|Ign)" /proc/self/status >&3');
  const [session, ...signals] = (await said(pipes)).trim().split('\n');
  assert.equal(session, String(pid));
  assert.deepEqual(
    signals.map((line) => line.split(':')[1]?.trim()),
    ['0000000000000000', '0000000000000000'],
  );
  await reap(pid);
});

test('nothing of ours is open in it but what it was given', async () => {
  const { pid, pipes } = shell('ls /proc/$$/fd >&3');
  assert.deepEqual(
    (await said(pipes))
      .trim()
      .split('\n')
      .filter((fd) => Number(fd) < 10),
    ['0', '1', '2', '3'],
  );
  await reap(pid);
  assert.equal(existsSync(`/proc/${pid}`), false, 'no zombie');
});

test('a program that is not there is an error and leaks no descriptor', () => {
  const before = readdirSync('/proc/self/fd').length;
  for (let i = 0; i < 20; i++) {
    assert.throws(
      () => spawnDetached({ program: 'no-such-program', args: [], env: {}, directory: '/', pipes: ['read', 'write'] }),
      { code: 'ENOENT' },
    );
  }
  assert.equal(readdirSync('/proc/self/fd').length, before);
});
