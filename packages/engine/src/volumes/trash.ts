import { closeSync, constants, existsSync, mkdirSync, openSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { removeTree } from '@selkie/native/remove-tree';
import { newId } from '../containers/identity.ts';
import type { Collection, StateStore } from '../ports/state-store.ts';

/** How much is deleted before other work gets its turn. */
const SLICE = { entries: 500, bytes: 256 << 20 };

/** Directories on their way out. What a killed service had not deleted yet is deleted at the next start. */
export class Trash {
  readonly #directory: string;
  /** Where each item still has to be taken from, by its name here; empty once it has been. */
  readonly #items: Collection<string>;
  readonly #going = new Map<string, Promise<void>>();

  constructor(directory: string, state: StateStore) {
    this.#directory = directory;
    this.#items = state.collection('volume-trash');
    // Before anything new is made where they were.
    for (const [name] of this.#items.entries()) this.#take(name);
  }

  /** Writes down that a directory goes, in the caller's transaction; {@link empty} makes it go. */
  add(path: string): string {
    const name = newId();
    this.#items.put(name, path);
    return name;
  }

  /** Moves it out of the way at once and then deletes it; nothing of another mount is touched. */
  empty(name: string): Promise<void> {
    const going = this.#going.get(name) ?? this.#empty(name).finally(() => this.#going.delete(name));
    this.#going.set(name, going);
    return going;
  }

  async emptyAll(): Promise<void> {
    for (const [name] of this.#items.entries()) await this.empty(name);
  }

  #take(name: string): void {
    const path = this.#items.get(name);
    if (!path) return;
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
    const moved = join(this.#directory, name);
    if (!existsSync(moved) && existsSync(path)) renameSync(path, moved);
    this.#items.put(name, '');
  }

  async #empty(name: string): Promise<void> {
    this.#take(name);
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
    const parent = openSync(this.#directory, constants.O_RDONLY | constants.O_DIRECTORY);
    try {
      while (!removeTree(parent, name, { ...SLICE })) await turn();
    } finally {
      closeSync(parent);
    }
    this.#items.delete(name);
  }
}
