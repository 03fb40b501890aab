import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { SelkieError } from '@selkie/contract';
import { O_PATH, openat2, RESOLVE_IN_ROOT, RESOLVE_NO_MAGICLINKS } from '@selkie/native/path';

/** Who a process runs as. */
export interface ResolvedUser {
  readonly uid: number;
  readonly gid: number;
  /** With the primary group, so that nothing gains by leaving it. */
  readonly additionalGids: readonly number[];
  readonly home: string;
  /** Empty for a number without an entry. */
  readonly username: string;
}

interface PasswdEntry {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  readonly home: string;
}

interface GroupEntry {
  readonly name: string;
  readonly gid: number;
  readonly members: readonly string[];
}

/** A container's file must not become the service's memory. */
const MAXIMUM_BYTES = 4 * 1024 * 1024;
/** The kernel keeps -1 for "leave it as it is". */
const MAXIMUM_ID = 0xfffffffe;

/**
 * Finds `user[:group]`, names or numbers, in the passwd and group files inside a root.
 * @param root a mounted root filesystem, or `/proc/<pid>/root` of a running container
 * @param groups further groups, names or numbers
 * @throws SelkieError NO_SUCH_USER, NO_SUCH_GROUP, INVALID_PARAMETER
 */
export function resolveUser(root: string, user: string, groups: readonly string[]): ResolvedUser {
  const [wantedUser = '', wantedGroup = ''] = user.split(/:(.*)/s);
  const rootFd = openRoot(root);
  try {
    const entry = findUser(readInRoot(rootFd, 'etc/passwd'), wantedUser || '0');
    const uid = entry?.uid ?? numericId(wantedUser || '0');
    if (uid === undefined) throw new SelkieError('NO_SUCH_USER', { user: wantedUser });
    const known = parseGroups(readInRoot(rootFd, 'etc/group'));
    const gid = wantedGroup === '' ? (entry?.gid ?? 0) : groupId(known, wantedGroup);
    const memberships =
      wantedGroup === '' && entry !== undefined
        ? known.filter((group) => group.members.includes(entry.name)).map((group) => group.gid)
        : [];
    const asked = groups.map((group) => groupId(known, group));
    return {
      uid,
      gid,
      additionalGids: [...new Set([gid, ...memberships, ...asked])],
      home: entry?.home || '/',
      username: entry?.name ?? '',
    };
  } finally {
    closeSync(rootFd);
  }
}

/** @throws SelkieError HOST */
export function openRoot(root: string): number {
  try {
    return openSync(root, constants.O_RDONLY | constants.O_DIRECTORY);
  } catch (error) {
    throw new SelkieError('HOST', { reason: `cannot open the root filesystem ${root}` }, { cause: error });
  }
}

function findUser(passwd: string, wanted: string): PasswdEntry | undefined {
  for (const line of passwd.split('\n')) {
    const [name = '', , uid = '', gid = '', , home = ''] = line.trim().split(':');
    if (name === '' || (name !== wanted && uid !== wanted)) continue;
    const [uidNumber, gidNumber] = [numericId(uid), numericId(gid)];
    if (uidNumber !== undefined && gidNumber !== undefined) return { name, uid: uidNumber, gid: gidNumber, home };
  }
  return undefined;
}

function parseGroups(text: string): GroupEntry[] {
  return text.split('\n').flatMap((line) => {
    const [name = '', , gid = '', members = ''] = line.trim().split(':');
    const number = numericId(gid);
    return name === '' || number === undefined ? [] : [{ name, gid: number, members: members.split(',') }];
  });
}

function groupId(known: readonly GroupEntry[], wanted: string): number {
  const entry = known.find((group) => group.name === wanted || String(group.gid) === wanted);
  const gid = entry?.gid ?? numericId(wanted);
  if (gid === undefined) throw new SelkieError('NO_SUCH_GROUP', { group: wanted });
  return gid;
}

function numericId(text: string): number | undefined {
  if (!/^\d{1,10}$/.test(text)) return undefined;
  const id = Number(text);
  return id <= MAXIMUM_ID ? id : undefined;
}

/** A regular file's text; empty where there is none. Looked at before it is opened: opening a pipe or device can hang or act. */
export function readInRoot(rootFd: number, path: string): string {
  let found: number;
  try {
    found = openat2(rootFd, path, { flags: O_PATH, resolve: RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP') return '';
    throw new SelkieError('HOST', { reason: `cannot read /${path} of the container` }, { cause: error });
  }
  try {
    if (!fstatSync(found).isFile()) return '';
    const fd = openSync(`/proc/self/fd/${found}`, constants.O_RDONLY);
    try {
      return readLimited(fd, path);
    } finally {
      closeSync(fd);
    }
  } finally {
    closeSync(found);
  }
}

function readLimited(fd: number, path: string): string {
  const chunks: Buffer[] = [];
  let total = 0;
  for (;;) {
    const chunk = Buffer.alloc(64 * 1024);
    const length = readSync(fd, chunk);
    if (length === 0) return Buffer.concat(chunks).toString('utf8');
    total += length;
    if (total > MAXIMUM_BYTES) {
      throw new SelkieError('INVALID_PARAMETER', {
        reason: `/${path} of the container is larger than ${MAXIMUM_BYTES} bytes`,
      });
    }
    chunks.push(chunk.subarray(0, length));
  }
}
