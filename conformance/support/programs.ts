import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where set-up unpacks the programs that it does not install. */
const UNPACKED = fileURLToPath(new URL('../../.tools/bin', import.meta.url));

/** Path of a program the tests run. @throws where set-up has not brought it */
export function program(name: string): string {
  const directories = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin', UNPACKED];
  const path = directories.map((directory) => join(directory, name)).find(isExecutable);
  if (path === undefined) throw new Error(`${name} is missing: run node scripts/setup.mjs --for tests`);
  return path;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
