import { closeSync, readFileSync } from 'node:fs';
import { openRoot, readInRoot } from '../user.ts';

/** Names of users and groups; the number where there is no name. */
export interface Accounts {
  user(uid: number): string;
  group(gid: number): string;
}

export function accounts(passwd: string, group: string): Accounts {
  const [users, groups] = [namesOf(passwd), namesOf(group)];
  return {
    user: (uid) => users.get(uid) ?? String(uid),
    group: (gid) => groups.get(gid) ?? String(gid),
  };
}

export function hostAccounts(): Accounts {
  return accounts(readHost('/etc/passwd'), readHost('/etc/group'));
}

/** Of a container by its first process. Without names where it has just gone. */
export function containerAccounts(pid: number): Accounts {
  let root: number;
  try {
    root = openRoot(`/proc/${pid}/root`);
  } catch {
    return accounts('', '');
  }
  try {
    return accounts(readInRoot(root, 'etc/passwd'), readInRoot(root, 'etc/group'));
  } finally {
    closeSync(root);
  }
}

/** Both files have the name first and the number third. The first entry of a number counts. */
function namesOf(text: string): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const line of text.split('\n')) {
    const [name = '', , id = ''] = line.split(':');
    if (name !== '' && /^\d+$/.test(id) && !names.has(Number(id))) names.set(Number(id), name);
  }
  return names;
}

function readHost(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
