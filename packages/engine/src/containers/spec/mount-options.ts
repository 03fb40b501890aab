import { SelkieError } from '@selkie/contract';

const PROPAGATION = ['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave', 'unbindable', 'runbindable'];
const FLAGS = [
  'suid',
  'nosuid',
  'dev',
  'nodev',
  'exec',
  'noexec',
  'atime',
  'noatime',
  'diratime',
  'nodiratime',
  'relatime',
  'norelatime',
  'strictatime',
  'nostrictatime',
  'sync',
  'async',
  'dirsync',
  'symfollow',
  'nosymfollow',
  'rro',
];
/** Hints of Docker Desktop's file sharing, defined to mean nothing on Linux. */
const CONSISTENCY = ['consistent', 'cached', 'delegated'];
const TMPFS_VALUES =
  /^(size=\d+[kmg%]?|nr_inodes=\d+[kmg]?|nr_blocks=\d+[kmg]?|mode=[0-7]{1,5}|uid=\d+|gid=\d+|huge=\w+|mpol=[\w:,=-]+)$/i;

export interface MountContext {
  readonly target: string;
  readonly readOnly: boolean;
  readonly selinux: boolean;
}

function invalid(target: string, reason: string): SelkieError {
  return new SelkieError('INVALID_PARAMETER', { reason: `invalid mount options for ${target}: ${reason}` });
}

/** Options of a bind mount, with the defaults where nothing is said: recursive and private, both recursively. */
export function bindOptions(options: readonly string[], context: MountContext): string[] {
  const result: string[] = [];
  let recursive = 'rbind';
  let propagation: string | undefined;
  let readOnly = context.readOnly;
  for (const option of splitOptions(options)) {
    if (option === 'bind' || option === 'rbind') recursive = option;
    else if (PROPAGATION.includes(option)) {
      if (propagation !== undefined && propagation !== option) {
        throw invalid(context.target, `propagation is both ${propagation} and ${option}`);
      }
      propagation = option;
    } else if (option === 'ro' || option === 'rw') readOnly = option === 'ro' || context.readOnly;
    else if (option === 'z' || option === 'Z') refuseRelabel(context);
    else if (FLAGS.includes(option)) result.push(option);
    else if (!CONSISTENCY.includes(option)) refuse(option, context.target);
  }
  return [recursive, propagation ?? 'rprivate', readOnly ? 'ro' : 'rw', ...result];
}

/** Options of a tmpfs; without a word on them no set-uid programs, devices or programs at all. */
export function tmpfsOptions(options: readonly string[], context: MountContext): string[] {
  const flags = new Map([
    ['suid', 'nosuid'],
    ['dev', 'nodev'],
    ['exec', 'noexec'],
  ]);
  const rest: string[] = [];
  let propagation = 'rprivate';
  let readOnly = context.readOnly;
  for (const option of splitOptions(options)) {
    const flag = option.replace(/^no/, '');
    if (flags.has(flag)) flags.set(flag, option);
    else if (option === 'ro' || option === 'rw') readOnly = option === 'ro' || context.readOnly;
    else if (PROPAGATION.includes(option)) propagation = option;
    else if (option === 'z' || option === 'Z') refuseRelabel(context);
    else if (FLAGS.includes(option) || option === 'tmpcopyup' || TMPFS_VALUES.test(option)) rest.push(option);
    else if (option !== 'notmpcopyup') refuse(option, context.target);
  }
  return [propagation, readOnly ? 'ro' : 'rw', ...flags.values(), ...rest];
}

function splitOptions(options: readonly string[]): string[] {
  return options
    .flatMap((option) => (/^mpol=/.test(option) ? [option] : option.split(',')))
    .filter((option) => option !== '');
}

function refuseRelabel(context: MountContext): void {
  if (context.selinux) {
    throw new SelkieError('UNSUPPORTED', {
      what: `relabelling of ${context.target}`,
      reason: 'the engine does not manage SELinux labels',
    });
  }
}

const KNOWN_ELSEWHERE = /^(U|O|idmap(=.*)?|upperdir=.*|workdir=.*|copy|nocopy)$/;

function refuse(option: string, target: string): never {
  if (KNOWN_ELSEWHERE.test(option)) {
    throw new SelkieError('UNSUPPORTED', {
      what: `mount option ${option} of ${target}`,
      reason: 'the engine cannot honour it',
    });
  }
  throw invalid(target, `unknown option '${option}'`);
}
