import { DEFAULT_SHM_SIZE } from './defaults.ts';
import type { SpecInput } from './input.ts';
import { INIT_PATH } from './process.ts';
import type { OciMount } from './types.ts';

const GUARDED = ['nosuid', 'noexec', 'nodev'];

/** The kernel's file systems every Linux program counts on. */
export function systemMounts(input: SpecInput): OciMount[] {
  const { security } = input.definition;
  const access = security.privileged ? 'rw' : 'ro';
  const dev = security.readOnlyDev ? ['ro'] : [];
  return [
    { destination: '/proc', type: 'proc', source: 'proc', options: GUARDED },
    {
      destination: '/dev',
      type: 'tmpfs',
      source: 'tmpfs',
      options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k', ...dev],
    },
    {
      destination: '/dev/pts',
      type: 'devpts',
      source: 'devpts',
      // Group 5 is tty in every distribution; terminals are its to write to.
      options: ['nosuid', 'noexec', 'newinstance', 'ptmxmode=0666', 'mode=0620', 'gid=5'],
    },
    { destination: '/sys', type: 'sysfs', source: 'sysfs', options: [...GUARDED, access] },
    { destination: '/sys/fs/cgroup', type: 'cgroup', source: 'cgroup', options: [...GUARDED, 'relatime', access] },
    ...ipcMounts(input),
  ];
}

/**
 * Message queues and shared memory belong to the IPC namespace. A queue file system shows those of the namespace it is mounted in; shared memory
 * is an ordinary tmpfs, so another's has to be bound.
 */
function ipcMounts(input: SpecInput): OciMount[] {
  const mqueue = { destination: '/dev/mqueue', type: 'mqueue', source: 'mqueue', options: GUARDED };
  return [mqueue, ...sharedMemory(input)];
}

function sharedMemory({ definition, files }: SpecInput): OciMount[] {
  const { namespaces, shmSize, security } = definition;
  const access = security.readOnlyDev ? 'ro' : 'rw';
  const destination = '/dev/shm';
  if (namespaces.ipc.kind === 'host') return [bind(destination, destination, [...GUARDED, 'rw'])];
  if (files.shm !== undefined) return [bind(destination, files.shm, [...GUARDED, access])];
  if (namespaces.ipc.kind === 'none') return [];
  const size = `size=${shmSize ?? DEFAULT_SHM_SIZE}`;
  return [
    {
      destination,
      type: 'tmpfs',
      source: 'shm',
      options: [...GUARDED, 'mode=1777', size, ...(security.readOnlyDev ? ['ro'] : [])],
    },
  ];
}

/** Files the engine keeps for the container. They stay writable as far as the root is. */
export function engineMounts(input: SpecInput): OciMount[] {
  const { files, definition } = input;
  const access = definition.security.readOnlyRootfs ? 'ro' : 'rw';
  const bound: [destination: string, source: string | undefined][] = [
    ['/etc/resolv.conf', files.resolvConf],
    ['/etc/hostname', files.hostname],
    ['/etc/hosts', files.hosts],
    ['/run/.containerenv', files.containerEnv],
  ];
  return [
    ...bound.flatMap(([destination, source]) => (source === undefined ? [] : [bind(destination, source, [access])])),
    ...(definition.init && files.init !== undefined ? [bind(INIT_PATH, files.init, ['ro'])] : []),
  ];
}

function bind(destination: string, source: string, options: readonly string[]): OciMount {
  return { destination, type: 'bind', source, options: ['rbind', 'rprivate', ...options] };
}
