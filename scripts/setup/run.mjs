import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError } from './report.mjs';

/**
 * Runs a program to its end, its output shown only where it fails.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, remedy: string }} options
 * @returns {string} its stdout
 */
export function run(program, args, { cwd, env, remedy }) {
  const result = attempt(program, args, { cwd, env });
  if (result.ok) return result.stdout;
  if (result.output !== '') console.error(result.output);
  throw new SetupError(`\`${[program, ...args].join(' ')}\` failed`, remedy, { cause: result.error });
}

/**
 * Runs a program and tells how it went.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string | undefined, env?: NodeJS.ProcessEnv | undefined }} [options]
 */
export function attempt(program, args, { cwd, env } = {}) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    env: { ...process.env, LC_ALL: 'C', ...env },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = `${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`.trim();
  return { ok: status === 0, stdout: stdout ?? '', output, error };
}

/**
 * True where a program of this name is on PATH or in one of `extra`.
 * @param {string} name
 * @param {readonly string[]} [extra]
 */
export function findProgram(name, extra = []) {
  const directories = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin', ...extra];
  return directories.some((directory) => directory !== '' && existsSync(join(directory, name)));
}
