import type { Readable } from 'node:stream';

/** One report on conmon's sync pipe: a pid or exit code, or a negative number with what the runtime said. */
export interface SyncReport {
  readonly data: number;
  readonly message: string;
}

/** Reads conmon's first report; undefined where the pipe closes without one. What follows it, the exit code of a process that was quick, is left. */
export async function readReport(pipe: Readable): Promise<SyncReport | undefined> {
  let text = '';
  for await (const chunk of pipe.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    const [line = '', ...more] = text.split('\n');
    // The last one may come without its newline.
    const report = parseReport(more.length > 0 ? line : text);
    if (report !== undefined) return report;
  }
  return undefined;
}

function parseReport(text: string): SyncReport | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined; // Not whole yet.
  }
  if (typeof value !== 'object' || value === null || !('data' in value) || typeof value.data !== 'number')
    return undefined;
  return { data: value.data, message: 'message' in value && typeof value.message === 'string' ? value.message : '' };
}
