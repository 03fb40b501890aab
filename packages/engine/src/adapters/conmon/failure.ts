import { accessSync, constants, readFileSync } from 'node:fs';
import { SelkieError } from '@selkie/contract';

/** Turns what the runtime said, on its JSON log or through conmon, into the engine's error. */
export function runtimeFailure(runtime: string, logPath: string, fallback: string): SelkieError {
  const said = lastLogMessage(logPath) ?? fallback.trim();
  const reason = said || `${runtime} ${isExecutable(runtime) ? 'failed without a message' : 'cannot be run'}`;
  const details = { reason: `OCI runtime create failed: ${reason}` };
  // What cannot be mounted is not the command's fault, whatever the words have in common.
  if (/error mounting/i.test(reason)) return new SelkieError('RUNTIME', details);
  if (/executable file not found|no such file or directory/i.test(reason) && /exec|process/i.test(reason)) {
    return new SelkieError('COMMAND_NOT_FOUND', details);
  }
  if (/permission denied|is a directory|exec format error/i.test(reason) && /exec|process/i.test(reason)) {
    return new SelkieError('COMMAND_NOT_EXECUTABLE', details);
  }
  return new SelkieError('RUNTIME', details);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function lastLogMessage(path: string): string | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  const messages = text.split('\n').flatMap((line) => {
    try {
      const entry: unknown = JSON.parse(line);
      const isError =
        typeof entry === 'object' && entry !== null && 'msg' in entry && 'level' in entry && entry.level === 'error';
      return isError && typeof entry.msg === 'string' ? [entry.msg] : [];
    } catch {
      return [];
    }
  });
  return messages.at(-1);
}
