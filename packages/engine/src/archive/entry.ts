import type { Timestamp } from '@selkie/native/path';

export type EntryType = 'file' | 'directory' | 'symlink' | 'link' | 'character' | 'block' | 'fifo';

/**
 * One member of a tar archive. Names are byte strings, one character a byte (latin1), because a file name is bytes and need not
 * be UTF-8; {@link toPath} gives what system calls take.
 */
export interface TarEntry {
  readonly name: string;
  readonly linkName: string;
  readonly type: EntryType;
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly mtime: Timestamp;
  readonly major: number;
  readonly minor: number;
  /** Size of the file it makes; holes of a sparse file included. */
  readonly size: number;
  readonly xattrs: readonly (readonly [name: string, value: Buffer])[];
}

const ASCII = /^[\x01-\x7f]*$/;

/** What a system call takes for a byte string. */
export function toPath(name: string): string | Buffer {
  return ASCII.test(name) ? name : Buffer.from(name, 'latin1');
}

/** What a message shows of a byte string. */
export function printable(name: string): string {
  const text = Buffer.from(name, 'latin1').toString();
  return JSON.stringify(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}
