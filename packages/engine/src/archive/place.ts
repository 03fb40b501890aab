import { type BigIntStats, closeSync, fstatSync, openSync } from 'node:fs';
import { O_PATH } from '@selkie/native/path';

/** Something in a view, held by a descriptor that cannot be read or written (O_PATH): opening it has no effect on what it is. */
export interface Place extends Disposable {
  readonly fd: number;
  /** Where it is in the view, links resolved: byte strings as {@link TarEntry} has them. */
  readonly path: readonly string[];
}

/** Another descriptor of the very same thing; our own /proc, no path of a container's. */
export function reopen(fd: number): number {
  return openSync(`/proc/self/fd/${fd}`, O_PATH);
}

/** Takes the descriptor over. */
export function place(fd: number, path: readonly string[]): Place {
  return { fd, path, [Symbol.dispose]: () => closeSync(fd) };
}

/** What it is, from the descriptor: nobody can put another thing in its place between this and its use. */
export function statPlace({ fd }: Pick<Place, 'fd'>): BigIntStats {
  return fstatSync(fd, { bigint: true });
}
