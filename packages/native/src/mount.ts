import { check, libc } from './libc.ts';

const calls = {
  mount: libc.func(
    'int mount(const char *source, const char *target, const char *type, ulong flags, const char *data)',
  ),
  umount2: libc.func('int umount2(const char *target, int flags)'),
};

export const MS_RDONLY = 0x1;
export const MS_NOSUID = 0x2;
export const MS_NODEV = 0x4;
export const MS_NOEXEC = 0x8;
export const MS_REMOUNT = 0x20;
export const MS_BIND = 0x1000;
export const MS_MOVE = 0x2000;
export const MS_REC = 0x4000;
export const MS_UNBINDABLE = 0x20000;
export const MS_PRIVATE = 0x40000;
export const MS_SLAVE = 0x80000;
export const MS_SHARED = 0x100000;

export const MNT_FORCE = 1;
export const MNT_DETACH = 2;
export const UMOUNT_NOFOLLOW = 8;

/** What the kernel reads of the data string: one page with its NUL. */
export const MAX_MOUNT_DATA = 4095;

export interface MountCall {
  readonly source: string;
  readonly target: string;
  readonly type?: string;
  readonly flags?: number;
  readonly data?: string;
}

/** mount(2). Longer data than {@link MAX_MOUNT_DATA} is refused: the kernel would cut it off without a word. */
export function mount({ source, target, type, flags = 0, data }: MountCall): void {
  if (data !== undefined && Buffer.byteLength(data) > MAX_MOUNT_DATA) throw new RangeError('mount data is too long');
  check('mount', calls.mount(source, target, type ?? null, flags, data ?? null), target);
}

export function umount2(target: string, flags = 0): void {
  check('umount2', calls.umount2(target, flags), target);
}
