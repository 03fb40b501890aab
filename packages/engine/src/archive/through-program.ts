import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ArchiveError } from './errors.ts';

/** What a filter program makes of a stream. @throws ArchiveError where it is not there or does not like its input; what the source throws */
export async function* throughProgram(
  [file, ...args]: readonly [file: string, ...args: string[]],
  source: AsyncIterable<Buffer>,
): AsyncGenerator<Buffer, void, undefined> {
  const child = spawn(file, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { PATH: process.env.PATH, LC_ALL: 'C' } });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (complaint.length < 1000) complaint += text;
  });
  const closed = once(child, 'close');
  closed.catch(() => {});
  const feeding = pipeline(Readable.from(source), child.stdin);
  feeding.catch(() => {});
  try {
    for await (const chunk of child.stdout) yield Buffer.from(chunk);
    const [code] = await ended(closed, file);
    if (code !== 0) throw new ArchiveError(`damaged data: ${complaint.trim() || `${file} ended with ${code}`}`);
    await feeding;
  } finally {
    child.kill('SIGKILL');
  }
}

async function ended(closed: Promise<unknown[]>, file: string): Promise<unknown[]> {
  try {
    return await closed;
  } catch (cause) {
    throw new ArchiveError(`this compression needs the program ${file}`, { cause });
  }
}
