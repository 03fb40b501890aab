import { arch } from 'node:process';
import { libc } from './libc.ts';

const syscall = libc.func('long syscall(long number)');

/** Marks a call of the x32 ABI (32-bit pointers on x86-64). */
const X32 = 0x40000000;
const SYS_GETPID = 39;

/** Whether the kernel runs x32 programs; most are built without. */
export function runsX32(): boolean {
  return arch === 'x64' && syscall(X32 | SYS_GETPID) > 0;
}
