import { readFileSync } from 'node:fs';
import { SelkieError } from '@selkie/contract';

/** Files in PEM. Clients must show a certificate the CA signed. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
  readonly ca: string;
}

export interface TlsMaterial {
  readonly cert: Buffer;
  readonly key: Buffer;
  readonly ca: Buffer;
}

/** @throws SelkieError HOST when a file cannot be read */
export function readTls(files: TlsFiles): TlsMaterial {
  return { cert: read(files.cert), key: read(files.key), ca: read(files.ca) };
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new SelkieError('HOST', { reason: `cannot read the TLS file ${path}` }, { cause });
  }
}
