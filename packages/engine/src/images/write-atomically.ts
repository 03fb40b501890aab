import { open, rename } from 'node:fs/promises';

/** Replaces a file so that readers and crashes see the old or the new one, never a part. */
export async function writeAtomically(
  path: string,
  bytes: Uint8Array | string,
  temporary = `${path}.new`,
): Promise<void> {
  {
    await using file = await open(temporary, 'w');
    await file.writeFile(bytes);
    await file.datasync();
  }
  await rename(temporary, path);
}
