import { encodeEntry, PLAIN, padding } from '../../archive/tar-writer.ts';

/** A directory of an archive. */
export function directory(name: string): Buffer {
  return encodeEntry({ ...PLAIN, name: `${name}/`, type: 'directory', mode: 0o755 });
}

/** A small file of an archive. */
export function file(name: string, content: Uint8Array | string): Buffer {
  const data = Buffer.from(content);
  return Buffer.concat([encodeEntry({ ...PLAIN, name, size: data.length }), data, padding(data.length)]);
}

/** A file of an archive whose bytes come from somewhere. @throws Error where they are not as many as the header has promised */
export async function* streamed(name: string, size: number, source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield encodeEntry({ ...PLAIN, name, size });
  let sent = 0;
  for await (const chunk of source) {
    sent += chunk.length;
    if (sent > size) break;
    yield chunk;
  }
  if (sent !== size) throw new Error(`${name} has ${sent} bytes where ${size} were expected`);
  yield padding(size);
}
