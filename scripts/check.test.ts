import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { ROOT } from './source-files.ts';

const runFile = promisify(execFile);

/** Runs a tool of node_modules on this Node; its complaints become the failure's message. */
async function passes(tool: string, args: readonly string[], signal: AbortSignal): Promise<void> {
  const options = { cwd: ROOT, signal, maxBuffer: 64 * 1024 * 1024 };
  await runFile(process.execPath, [`node_modules/${tool}`, ...args], options).catch((error: unknown) => {
    const output = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
    assert.fail(`${error}\n${output}`);
  });
}

test('format and lint', ({ signal }) => passes('@biomejs/biome/bin/biome', ['check', '--colors=off', '.'], signal));

test('types', ({ signal }) => passes('typescript/bin/tsc', ['-p', '.', '--pretty', 'false'], signal));
