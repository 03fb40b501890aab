import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { SelkieError } from '@selkie/contract';
import type { ImagesContext } from './context.ts';
import { type LoadedImage, type LoadOptions, load } from './load.ts';

const READ_SIZE = 256 * 1024;

/** Loads an archive that is a file of this host. @throws SelkieError INVALID_PARAMETER where there is none, and as {@link load} */
export async function loadFile(context: ImagesContext, path: string, options: LoadOptions): Promise<LoadedImage[]> {
  await using file = await openFile(path);
  return await load(context, file.createReadStream({ highWaterMark: READ_SIZE }), options);
}

async function openFile(path: string) {
  try {
    // A FIFO must not keep us here.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    if ((await file.stat()).isFile()) return file;
    await file.close();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SelkieError('INVALID_PARAMETER', { reason }, { cause });
  }
  throw new SelkieError('INVALID_PARAMETER', { reason: `${path} is not a file` });
}
