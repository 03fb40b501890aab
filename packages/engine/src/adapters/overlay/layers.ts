import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { Collection, StateStore } from '../../ports/state-store.ts';

/** A committed layer, kept by its chain ID. */
export interface LayerRecord {
  /** Its directory below `snapshots`: a small number, so that many fit in one mount's options. */
  readonly directory: string;
  readonly parent?: string;
  readonly diffId: string;
  readonly size: number;
  /** Of the uncompressed archive; records of old do not have it. */
  readonly tarSize?: number;
}

/** Scratch images have no layers, but an overlay needs one. */
const EMPTY = '0';
const INGEST = /^ingest-\d+$/;

/** Which layers there are, and where. Served from memory; the state store has what is committed. */
export class LayerTable {
  readonly root: string;
  readonly #records: Map<string, LayerRecord>;
  readonly #collection: Collection<LayerRecord>;
  readonly #ingesting = new Set<string>();
  #next: number;

  constructor(root: string, state: StateStore) {
    this.root = root;
    this.#collection = state.collection<LayerRecord>('snapshots');
    this.#records = new Map(this.#collection.entries());
    // Whoever gets a shell on the host must not reach the setuid programs and devices of images.
    mkdirSync(root, { recursive: true, mode: 0o700 });
    mkdirSync(join(root, EMPTY), { recursive: true });
    const numbers = readdirSync(root).map((name) => Number(name.replace('ingest-', '')));
    this.#next = Math.max(0, ...numbers.filter(Number.isSafeInteger)) + 1;
  }

  get(chainId: string): LayerRecord | undefined {
    return this.#records.get(chainId);
  }

  /** Directories of a layer and all below it, topmost first. */
  stack(chainId: string | undefined): string[] {
    const directories: string[] = [];
    for (let id = chainId; id !== undefined; ) {
      const record = this.#records.get(id);
      if (record === undefined) break;
      directories.push(record.directory);
      id = record.parent;
    }
    return directories;
  }

  get empty(): string {
    return EMPTY;
  }

  /** A new directory to unpack into, invisible until committed. */
  begin(): string {
    const name = `ingest-${this.#next++}`;
    mkdirSync(join(this.root, name), { mode: 0o755 });
    this.#ingesting.add(name);
    return name;
  }

  commit(ingest: string, chainId: string, layer: Omit<LayerRecord, 'directory'>): void {
    const record = { ...layer, directory: ingest.replace('ingest-', '') };
    renameSync(join(this.root, ingest), join(this.root, record.directory));
    this.#collection.put(chainId, record);
    this.#records.set(chainId, record);
    this.#ingesting.delete(ingest);
  }

  abandon(ingest: string): void {
    this.#ingesting.delete(ingest);
  }

  /** Takes a layer out of the table; its directory is the caller's to delete. */
  forget(chainId: string): string | undefined {
    const record = this.#records.get(chainId);
    if (record === undefined) return undefined;
    this.#collection.delete(chainId);
    this.#records.delete(chainId);
    return record.directory;
  }

  /** Forgets the layers not wanted, and returns every directory that belongs to none. */
  prune(wanted: ReadonlySet<string>): string[] {
    for (const chainId of [...this.#records.keys()].filter((id) => !wanted.has(id))) this.forget(chainId);
    const used = new Set([EMPTY, ...this.#ingesting, ...[...this.#records.values()].map(({ directory }) => directory)]);
    return readdirSync(this.root).filter((name) => !used.has(name) && (/^\d+$/.test(name) || INGEST.test(name)));
  }
}
