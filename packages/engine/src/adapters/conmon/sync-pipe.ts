import type { Readable } from 'node:stream';

/** One report on conmon's sync pipe: a pid or exit code, or a negative number with what the runtime said. */
export interface SyncReport {
  readonly data: number;
  readonly message: string;
}

/** Reads conmon's next report; undefined where the pipe closes without one. */
export async function readReport(pipe: Readable): Promise<SyncReport | undefined> {
  let text = '';
  for await (const chunk of pipe.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    const report = parseReport(text);
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
