import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Every file that belongs to the project, committed or about to be, relative to {@link ROOT}. */
export function projectFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return listed.split('\0').filter((file) => file !== '' && existsSync(join(ROOT, file)));
}

/** The TypeScript files among them. */
export function sourceFiles(): string[] {
  return projectFiles().filter((file) => /\.m?ts$/.test(file));
}

export function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}
