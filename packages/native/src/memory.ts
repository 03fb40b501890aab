import { libc } from './libc.ts';

const trim = libc.func('int malloc_trim(size_t pad)');

/** Gives memory that was freed, and that the allocator kept for reuse, back to the system: some milliseconds. */
export function releaseFreeMemory(): void {
  trim(0);
}
