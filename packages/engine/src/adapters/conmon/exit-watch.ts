import { type FSWatcher, mkdirSync, readdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { FILES } from './command.ts';

/** The exit code conmon left: the one file of the exit directory, written by rename. */
export function readExitCode(directory: string): number | undefined {
  const exits = join(directory, FILES.exitDirectory);
  try {
    for (const name of readdirSync(exits)) {
      if (name.includes('.')) continue; // conmon's temporary name
      const code = Number.parseInt(readFileSync(join(exits, name), 'utf8'), 10);
      if (Number.isInteger(code)) return code;
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return undefined;
}

/** How long to wait before reading again what could not be read: the service may be out of descriptors. */
const RETRY_MS = 1000;

/** Calls back once with the exit code, at once where it is there already. */
export function watchExit(directory: string, listener: (exitCode: number) => void): Disposable {
  const exits = join(directory, FILES.exitDirectory);
  mkdirSync(exits, { recursive: true });
  let watcher: FSWatcher | undefined;
  let retry: NodeJS.Timeout | undefined;
  const check = () => {
    if (watcher === undefined) return;
    let code: number | undefined;
    try {
      code = readExitCode(directory);
    } catch {
      clearTimeout(retry);
      retry = setTimeout(check, RETRY_MS).unref();
    }
    if (code === undefined) return;
    watcher.close();
    watcher = undefined;
    listener(code);
  };
  watcher = watch(exits, check);
  watcher.on('error', check);
  setImmediate(check);
  return {
    [Symbol.dispose]() {
      clearTimeout(retry);
      watcher?.close();
      watcher = undefined;
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
