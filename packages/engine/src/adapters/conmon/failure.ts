import { readFileSync } from 'node:fs';
import { SelkieError } from '@selkie/contract';

/** Turns what the runtime said, on its JSON log or through conmon, into the engine's error. */
export function runtimeFailure(logPath: string, fallback: string): SelkieError {
  const reason = lastLogMessage(logPath) ?? (fallback.trim() || 'the OCI runtime failed without a message');
  const details = { reason: `OCI runtime create failed: ${reason}` };
  if (/executable file not found|no such file or directory/i.test(reason) && /exec|process/i.test(reason)) {
    return new SelkieError('COMMAND_NOT_FOUND', details);
  }
  if (/permission denied|is a directory|exec format error/i.test(reason) && /exec|process/i.test(reason)) {
    return new SelkieError('COMMAND_NOT_EXECUTABLE', details);
  }
  return new SelkieError('RUNTIME', details);
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
