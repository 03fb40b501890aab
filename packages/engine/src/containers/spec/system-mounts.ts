import { DEFAULT_SHM_SIZE } from './defaults.ts';
import type { SpecInput } from './input.ts';
import { INIT_PATH } from './process.ts';
import type { OciMount } from './types.ts';

const GUARDED = ['nosuid', 'noexec', 'nodev'];

/** The kernel's file systems every Linux program counts on. */
export function systemMounts(input: SpecInput): OciMount[] {
  const { security } = input.definition;
  const access = security.privileged ? 'rw' : 'ro';
  return [
    { destination: '/proc', type: 'proc', source: 'proc', options: GUARDED },
    {
      destination: '/dev',
      type: 'tmpfs',
      source: 'tmpfs',
      options: ['nosuid', 'strictatime', 'mode=755', 'size=65536k'],
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

/** Message queues and shared memory belong to the IPC namespace: the host's are bound where that is the host's. */
function ipcMounts(input: SpecInput): OciMount[] {
  const { namespaces, shmSize } = input.definition;
  if (namespaces.ipc.kind === 'host') {
    return ['/dev/mqueue', '/dev/shm'].map((path) => bind(path, path, [...GUARDED, 'rw']));
  }
  const mqueue = { destination: '/dev/mqueue', type: 'mqueue', source: 'mqueue', options: GUARDED };
  if (input.files.shm !== undefined) return [mqueue, bind('/dev/shm', input.files.shm, [...GUARDED, 'rw'])];
  if (namespaces.ipc.kind === 'none') return [mqueue];
  const size = `size=${shmSize ?? DEFAULT_SHM_SIZE}`;
  return [mqueue, { destination: '/dev/shm', type: 'tmpfs', source: 'shm', options: [...GUARDED, 'mode=1777', size] }];
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
