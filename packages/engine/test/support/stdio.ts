import type { ProcessStdio } from '../../src/ports/monitor.ts';

/** Stdio of a process that writes these and closes its output. */
export function stdioOf(...chunks: string[]): ProcessStdio {
  return {
    write: async () => {},
    end: () => {},
    [Symbol.dispose]: () => {},
    async *[Symbol.asyncIterator]() {
      for (const chunk of chunks) yield { stream: 'stdout', data: Buffer.from(chunk) };
    },
  };
}
