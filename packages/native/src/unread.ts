import { check, libc } from './libc.ts';

const ioctl = libc.func('int ioctl(int fd, ulong request, _Out_ int *value)');
const SIOCOUTQ = 0x5411;

/** What was sent on a unix stream socket and its other end has not read yet: its memory in the kernel, so 0 where that is nothing. */
export function unread(fd: number): number {
  const value: [number] = [0];
  check('ioctl', ioctl(fd, SIOCOUTQ, value));
  return value[0];
}
