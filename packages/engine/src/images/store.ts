import type { Collection, StateStore } from '../ports/state-store.ts';
import { blobsOf, chainIdsOf, type ImageRecord } from './record.ts';

export interface LayerRecord {
  readonly diffId: string;
  /** Bytes unpacked. */
  readonly size: number;
  /** Bytes of the uncompressed tar, where they are known. */
  readonly tarSize?: number;
}

/** The images of this engine: durable in the state store, served from memory. */
export class ImageStore {
  readonly #state: StateStore;
  readonly #images: Collection<ImageRecord>;
  readonly #layers: Collection<LayerRecord>;
  readonly #byId: Map<string, ImageRecord>;
  readonly #layerById: Map<string, LayerRecord>;
  readonly #idByName = new Map<string, string>();
  /** How many images need a blob or a layer. Digests of both live in one space without meeting. */
  readonly #blobUses = new Map<string, number>();
  readonly #layerUses = new Map<string, number>();

  constructor(state: StateStore) {
    this.#state = state;
    this.#images = state.collection('images');
    this.#layers = state.collection('layers');
    this.#byId = new Map(this.#images.entries());
    this.#layerById = new Map(this.#layers.entries());
    for (const record of this.#byId.values()) this.#index(record);
  }

  all(): ImageRecord[] {
    return [...this.#byId.values()];
  }

  get(id: string): ImageRecord | undefined {
    return this.#byId.get(id);
  }

  /** By full name with tag. */
  named(name: string): ImageRecord | undefined {
    const id = this.#idByName.get(name);
    return id === undefined ? undefined : this.#byId.get(id);
  }

  /** By `repository@digest`. */
  digested(repoDigest: string): ImageRecord | undefined {
    return this.all().find((image) => image.repoDigests.includes(repoDigest));
  }

  /** Writes a record, and takes its names from whoever had them. */
  put(record: ImageRecord): void {
    const robbed = new Set<ImageRecord>();
    for (const name of record.names) {
      const owner = this.named(name);
      if (owner !== undefined && owner.id !== record.id) robbed.add(owner);
    }
    const taken = new Set(record.names);
    const changed = [...robbed].map((owner) => ({ ...owner, names: owner.names.filter((name) => !taken.has(name)) }));
    this.#state.transaction(() => {
      for (const one of [...changed, record]) this.#images.put(one.id, one);
    });
    for (const one of [...changed, record]) {
      this.#unindex(this.#byId.get(one.id));
      this.#byId.set(one.id, one);
    }
    for (const one of [...changed, record]) this.#index(one);
  }

  delete(id: string): void {
    this.#images.delete(id);
    this.#unindex(this.#byId.get(id));
    this.#byId.delete(id);
  }

  layer(chainId: string): LayerRecord | undefined {
    return this.#layerById.get(chainId);
  }

  putLayer(chainId: string, layer: LayerRecord): void {
    this.#layers.put(chainId, layer);
    this.#layerById.set(chainId, layer);
  }

  deleteLayer(chainId: string): void {
    this.#layers.delete(chainId);
    this.#layerById.delete(chainId);
  }

  layerIds(): string[] {
    return [...this.#layerById.keys()];
  }

  usesBlob(digest: string): boolean {
    return this.#blobUses.has(digest);
  }

  usesLayer(chainId: string): boolean {
    return this.#layerUses.has(chainId);
  }

  #index(record: ImageRecord): void {
    for (const name of record.names) this.#idByName.set(name, record.id);
    for (const digest of blobsOf(record)) count(this.#blobUses, digest, 1);
    for (const chainId of chainIdsOf(record)) count(this.#layerUses, chainId, 1);
  }

  #unindex(record: ImageRecord | undefined): void {
    if (record === undefined) return;
    for (const name of record.names) if (this.#idByName.get(name) === record.id) this.#idByName.delete(name);
    for (const digest of blobsOf(record)) count(this.#blobUses, digest, -1);
    for (const chainId of chainIdsOf(record)) count(this.#layerUses, chainId, -1);
  }
}

function count(uses: Map<string, number>, key: string, change: number): void {
  const now = (uses.get(key) ?? 0) + change;
  if (now > 0) uses.set(key, now);
  else uses.delete(key);
}
