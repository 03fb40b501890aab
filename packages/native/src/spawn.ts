import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { check, libc, SystemCallError } from './libc.ts';

const pipe2 = libc.func('int pipe2(void *ends, int flags)');
const duplicate = libc.func('int fcntl(int fd, int command, int minimum)');
const waitpid = libc.func('int waitpid(int pid, void *status, int options)');
const spawnp = libc.func(
  'int posix_spawnp(void *pid, const char *file, const void *actions, const void *attributes, const char **argv, const char **envp)',
);
const actions = {
  init: libc.func('int posix_spawn_file_actions_init(void *actions)'),
  dup2: libc.func('int posix_spawn_file_actions_adddup2(void *actions, int from, int to)'),
  open: libc.func(
    'int posix_spawn_file_actions_addopen(void *actions, int fd, const char *path, int flags, uint32_t mode)',
  ),
  chdir: libc.func('int posix_spawn_file_actions_addchdir_np(void *actions, const char *path)'),
  destroy: libc.func('int posix_spawn_file_actions_destroy(void *actions)'),
};
const attributes = {
  init: libc.func('int posix_spawnattr_init(void *attributes)'),
  setFlags: libc.func('int posix_spawnattr_setflags(void *attributes, short flags)'),
  setDefaultSignals: libc.func('int posix_spawnattr_setsigdefault(void *attributes, const void *signals)'),
  setSignalMask: libc.func('int posix_spawnattr_setsigmask(void *attributes, const void *signals)'),
  destroy: libc.func('int posix_spawnattr_destroy(void *attributes)'),
};

/** Sizes of glibc's opaque structures, rounded up. */
const ACTIONS_SIZE = 128;
const ATTRIBUTES_SIZE = 512;
const SIGNALS_SIZE = 128;

const O_RDWR = 2;
const O_CLOEXEC = 0o2000000;
const F_DUPFD_CLOEXEC = 1030;
const SETSIGDEF = 0x04;
const SETSIGMASK = 0x08;
const SETSID = 0x80;
const WNOHANG = 1;
/** The program's pipes begin behind its standard streams. */
const FIRST_PIPE = 3;

export interface SpawnRequest {
  /** Looked for on the service's PATH. */
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  /** The program's descriptors from 3 on: one we `read` from or one we `write` to. */
  readonly pipes: readonly ('read' | 'write')[];
}

export interface Spawned {
  readonly pid: number;
  /** Our ends, in the order asked for. */
  readonly pipes: readonly Socket[];
}

/**
 * Starts a program in a session of its own, with standard streams on /dev/null and signals as a fresh process has them. Node's own spawn forks, which
 * copies the page tables of the whole service: milliseconds in which nothing else is answered. This borrows its memory instead.
 * The caller owes a {@link reap}.
 * @throws SystemCallError ENOENT where the program is not found
 */
export function spawnDetached({ program, args, env, directory, pipes }: SpawnRequest): Spawned {
  const ends = pipes.map(openPipe);
  const fileActions = Buffer.alloc(ACTIONS_SIZE);
  const attribute = Buffer.alloc(ATTRIBUTES_SIZE);
  actions.init(fileActions);
  attributes.init(attribute);
  try {
    for (const stream of [0, 1, 2]) actions.open(fileActions, stream, '/dev/null', O_RDWR, 0);
    for (const [index, { theirs }] of ends.entries()) actions.dup2(fileActions, theirs, FIRST_PIPE + index);
    actions.chdir(fileActions, directory);
    resetSignals(attribute);
    const pid = Buffer.alloc(4);
    const variables = Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));
    const error = spawnp(pid, program, fileActions, attribute, [program, ...args, null], [...variables, null]);
    if (error !== 0) throw new SystemCallError('posix_spawn', error, program);
    return { pid: pid.readInt32LE(), pipes: ends.map(adopt) };
  } catch (error) {
    for (const { ours } of ends) closeSync(ours);
    throw error;
  } finally {
    for (const { theirs } of ends) closeSync(theirs);
    actions.destroy(fileActions);
    attributes.destroy(attribute);
  }
}

/** Takes the exit status of a started program, so that it does not stay a zombie. Resolves once it has ended. */
export async function reap(pid: number): Promise<void> {
  for (let pause = 1; waitpid(pid, null, WNOHANG) === 0; pause = Math.min(pause * 2, 200)) {
    await sleep(pause, undefined, { ref: false });
  }
}

interface Pipe {
  readonly ours: number;
  readonly theirs: number;
  readonly direction: 'read' | 'write';
}

function openPipe(direction: 'read' | 'write'): Pipe {
  const fds = Buffer.alloc(8);
  check('pipe2', pipe2(fds, O_CLOEXEC));
  const [reading, writing] = [fds.readInt32LE(0), fds.readInt32LE(4)];
  return direction === 'read'
    ? { ours: reading, theirs: clearOfTargets(writing), direction }
    : { ours: writing, theirs: clearOfTargets(reading), direction };
}

/** A descriptor whose number is no place another one is to be put at. */
function clearOfTargets(fd: number): number {
  if (fd > 16) return fd;
  const higher = check('fcntl', duplicate(fd, F_DUPFD_CLOEXEC, 17));
  closeSync(fd);
  return higher;
}

function adopt({ ours, direction }: Pipe): Socket {
  return new Socket({ fd: ours, readable: direction === 'read', writable: direction === 'write' });
}

/** Node ignores SIGPIPE, and what is ignored stays so across an exec. */
function resetSignals(attribute: Buffer): void {
  // Every bit, and not sigfillset, which leaves out two that the library would then set to be ignored.
  attributes.setDefaultSignals(attribute, Buffer.alloc(SIGNALS_SIZE, 0xff));
  attributes.setSignalMask(attribute, Buffer.alloc(SIGNALS_SIZE));
  attributes.setFlags(attribute, SETSIGDEF | SETSIGMASK | SETSID);
}
