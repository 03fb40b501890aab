import { SelkieError } from '@selkie/contract';
import { NftablesError, nft } from '@selkie/native/nftables';
import { type Element, elementCommands, tableText } from './ruleset.ts';

/**
 * One service's nftables table, kept equal to a set of owners (networks, containers) and what each needs. A change is a few element
 * operations; where the kernel disagrees (someone flushed the rules), the whole table is replaced, still in one transaction.
 */
export class Firewall {
  readonly #table: string;
  readonly #run: (commands: string) => string;
  #owners = new Map<string, readonly Element[]>();
  /** True once the table was written whole by this process. */
  #made = false;

  constructor(table: string, run: (commands: string) => string = nft) {
    this.#table = table;
    this.#run = run;
  }

  /** Gives an owner exactly these elements. @throws SelkieError HOST, with nothing changed */
  set(owner: string, elements: readonly Element[]): void {
    const before = this.#owners.get(owner) ?? [];
    const added = without(elements, before);
    const removed = without(before, elements);
    if (added.length === 0 && removed.length === 0) return;
    const owners = new Map(this.#owners);
    if (elements.length > 0) owners.set(owner, elements);
    else owners.delete(owner);
    this.#apply(elementCommands('delete', this.#table, removed) + elementCommands('add', this.#table, added), owners);
  }

  delete(owner: string): void {
    this.set(owner, []);
  }

  /** Replaces everything at once, whatever the kernel has now. */
  replace(owners: ReadonlyMap<string, readonly Element[]>): void {
    this.#rebuild(new Map([...owners].filter(([, elements]) => elements.length > 0)));
  }

  /** A table this process did not make may still serve containers it has yet to hear of: that is added to, never thrown away. */
  #apply(delta: string, owners: Map<string, readonly Element[]>): void {
    if ((owners.size > 0 || !this.#made) && this.#tried(delta)) this.#owners = owners;
    else this.#rebuild(owners);
  }

  #rebuild(owners: Map<string, readonly Element[]>): void {
    const all = [...owners.values()].flat();
    const table = all.length === 0 ? '' : tableText(this.#table) + elementCommands('add', this.#table, all);
    this.#transaction(this.#emptying() + table);
    this.#made = true;
    this.#owners = owners;
  }

  /** Deleting a table that isn't there fails, so it is made first. */
  #emptying(): string {
    return `add table inet ${this.#table}\ndelete table inet ${this.#table}\n`;
  }

  #tried(commands: string): boolean {
    try {
      this.#run(commands);
      return true;
    } catch (error) {
      if (error instanceof NftablesError) return false;
      throw error;
    }
  }

  #transaction(commands: string): void {
    try {
      this.#run(commands);
    } catch (cause) {
      const reason = `nftables: ${cause instanceof Error ? cause.message : String(cause)}`;
      throw new SelkieError('HOST', { reason }, { cause });
    }
  }
}

function without(elements: readonly Element[], others: readonly Element[]): Element[] {
  const known = new Set(others.map(identity));
  return elements.filter((element) => !known.has(identity(element)));
}

function identity({ set, key, value = '' }: Element): string {
  return `${set} ${key} ${value}`;
}
