import type { EntryType, TarEntry } from './entry.ts';
import { ArchiveError } from './errors.ts';
import { type PaxRecord, paxInteger, paxTime } from './pax.ts';
import type { TarHeader } from './tar-header.ts';

const TYPES: Readonly<Record<string, EntryType>> = {
  '0': 'file',
  '1': 'link',
  '2': 'symlink',
  '3': 'character',
  '4': 'block',
  '5': 'directory',
  '6': 'fifo',
  '7': 'file',
  S: 'file',
};

const XATTR_PREFIX = 'SCHILY.xattr.';

/** What GNU's long-name members and a PAX extended header say about the member that follows. */
export interface Overrides {
  longName?: string;
  longLink?: string;
  pax?: readonly PaxRecord[];
}

export interface DecodedEntry {
  readonly entry: TarEntry;
  /** Bytes of data that follow in the archive. */
  readonly stored: number;
}

/** Makes an entry of a header block and what came before it. */
export function decodeEntry(header: TarHeader, { longName, longLink, pax = [] }: Overrides): DecodedEntry {
  let name = longName ?? header.name;
  let linkName = longLink ?? header.linkName;
  let { size, uid, gid } = header;
  let mtime = { seconds: header.mtime, nanoseconds: 0 };
  // The path of a sparse file is made up for readers that know no sparse files.
  let sparseName: string | undefined;
  const xattrs: [string, Buffer][] = [];
  for (const [key, value] of pax) {
    if (key.startsWith(XATTR_PREFIX)) {
      xattrs.push([key.slice(XATTR_PREFIX.length), value]);
      continue;
    }
    // An empty value takes the record back.
    if (value.length === 0) continue;
    if (key === 'path') name = value.toString('latin1');
    else if (key === 'GNU.sparse.name') sparseName = value.toString('latin1');
    else if (key === 'linkpath') linkName = value.toString('latin1');
    else if (key === 'size') size = paxInteger(key, value);
    else if (key === 'uid') uid = paxInteger(key, value);
    else if (key === 'gid') gid = paxInteger(key, value);
    else if (key === 'mtime') mtime = paxTime(key, value);
  }
  name = sparseName ?? name;
  if (name.includes('\0') || linkName.includes('\0')) throw new ArchiveError('a name has a NUL byte');
  const type = header.flag === '0' && name.endsWith('/') ? 'directory' : TYPES[header.flag];
  if (type === undefined) throw new ArchiveError(`tar member of unknown type ${JSON.stringify(header.flag)}`);
  if (size < 0) throw new ArchiveError('a tar member has a negative size');
  checkId(uid);
  checkId(gid);
  const stored = type === 'file' ? size : 0;
  const mode = header.mode & 0o7777;
  const { major, minor } = header;
  return {
    entry: { name, linkName, type, mode, uid, gid, mtime, major, minor, size: stored, xattrs },
    stored,
  };
}

/** The last number is the kernel's "leave as it is". */
function checkId(id: number): void {
  if (id < 0 || id >= 0xffffffff) throw new ArchiveError('a tar member has an owner out of range');
}
