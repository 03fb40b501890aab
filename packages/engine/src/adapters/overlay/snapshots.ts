import { chmodSync, closeSync, existsSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { SelkieError } from '@selkie/contract';
import { removeTree } from '@selkie/native/remove-tree';
import { DEFAULT_LIMITS, type ExtractLimits } from '../../archive/extract.ts';
import type { LayerSource, Snapshots, Unpacked } from '../../ports/snapshots.ts';
import type { StateStore } from '../../ports/state-store.ts';
import { copyAttributes } from './inherit.ts';
import { LayerTable } from './layers.ts';
import { isMounted, makePrivate, mountOverlay, openDirectory, releasePrivate, unmountTree } from './mounts.ts';
import { unpackLayer } from './unpack.ts';
import { diskUsage } from './usage.ts';
import { WorkerPool } from './worker-pool.ts';

export interface OverlayOptions {
  /** The state root, on a filesystem that can be overlayfs's upper one. */
  readonly root: string;
  readonly state: StateStore;
  readonly limits?: ExtractLimits;
}

/** What is deleted at once on the event loop; anything larger goes to a worker. */
const INLINE = { entries: 100, bytes: 8 * 1024 * 1024 };

/**
 * Snapshots on overlayfs. Layers are unpacked once, by worker threads, into `<root>/snapshots/<n>`, and committed by a rename and
 * a record; a container's root is one overlay mount of its layers and `<root>/containers/<id>/upper`.
 */
export class OverlaySnapshots implements Snapshots, AsyncDisposable {
  readonly #layers: LayerTable;
  readonly #containers: string;
  readonly #limits: ExtractLimits;
  readonly #workers = new WorkerPool();
  /** Roots somebody works on, and whether they are to be unmounted after. */
  readonly #held = new Map<string, { holders: number; unmount: boolean }>();
  /** Layers being unpacked, by chain ID. */
  readonly #unpacking = new Map<string, Promise<unknown>>();

  constructor({ root, state, limits = DEFAULT_LIMITS }: OverlayOptions) {
    this.#layers = new LayerTable(join(root, 'snapshots'), state);
    this.#containers = join(root, 'containers');
    this.#limits = limits;
    mkdirSync(this.#containers, { recursive: true });
    // Users of the host must not reach setuid programs that a container's root wrote into its upper directory.
    chmodSync(this.#containers, 0o700);
    makePrivate(this.#containers);
  }

  find(chainId: string): string | undefined {
    return this.#layers.get(chainId)?.directory;
  }

  directoryOf(chainId: string): string | undefined {
    const directory = this.find(chainId);
    return directory === undefined ? undefined : join(this.#layers.root, directory);
  }

  sizeOf(chainId: string): number {
    return this.#layers.get(chainId)?.size ?? 0;
  }

  async unpack(layer: LayerSource, signal: AbortSignal): Promise<Unpacked> {
    for (;;) {
      signal.throwIfAborted();
      const known = this.#layers.get(layer.chainId);
      if (known !== undefined) {
        const { diffId, size, tarSize } = known;
        return { diffId, size, ...(tarSize !== undefined && { tarSize }) };
      }
      const other = this.#unpacking.get(layer.chainId);
      if (other === undefined) break;
      // Another pull has the same layer under way; whether it succeeds is its caller's business.
      await orAborted(other, signal);
    }
    const below = layer.parent === undefined ? undefined : this.#unpacking.get(layer.parent);
    const work = unpackLayer({
      layer,
      below,
      table: this.#layers,
      workers: this.#workers,
      limits: this.#limits,
      signal,
    });
    this.#unpacking.set(layer.chainId, work);
    try {
      return await work;
    } finally {
      this.#unpacking.delete(layer.chainId);
    }
  }

  mount(containerId: string, chainIds: readonly string[]): string {
    const base = join(this.#containers, containerId);
    const root = join(base, 'root');
    const held = this.#held.get(containerId);
    if (held !== undefined) held.unmount = false;
    if (isMounted(root)) return root;
    const layers = chainIds.map((chainId) => {
      const record = this.#layers.get(chainId);
      if (record === undefined) throw new SelkieError('INTERNAL', { reason: `layer ${chainId} is not unpacked` });
      return record.directory;
    });
    layers.reverse();
    if (layers.length === 0) layers.push(this.#layers.empty);
    this.#makeDirectories(base, join(this.#layers.root, layers[0] ?? ''));
    mountOverlay({ layersRoot: this.#layers.root, layers, base });
    return root;
  }

  unmount(containerId: string): void {
    const held = this.#held.get(containerId);
    if (held === undefined) this.#unmount(containerId);
    else held.unmount = true;
  }

  hold(containerId: string, chainIds: readonly string[]): Disposable & { readonly path: string } {
    const path = join(this.#containers, containerId, 'root');
    const held = this.#held.get(containerId) ?? { holders: 0, unmount: !isMounted(path) };
    const { unmount } = held;
    this.mount(containerId, chainIds);
    held.unmount = unmount;
    held.holders++;
    this.#held.set(containerId, held);
    return {
      path,
      [Symbol.dispose]: () => {
        if (--held.holders > 0) return;
        this.#held.delete(containerId);
        if (held.unmount) this.#unmount(containerId);
      },
    };
  }

  #unmount(containerId: string): void {
    unmountTree(join(this.#containers, containerId, 'root'));
  }

  async remove(containerId: string): Promise<void> {
    this.#unmount(containerId);
    const base = join(this.#containers, containerId);
    for (const name of ['root', 'work', 'upper']) await this.#delete(base, name);
    try {
      rmdirSync(base);
    } catch {
      // Others keep files of the container there too, or it never was.
    }
  }

  upperDir(containerId: string): string {
    return join(this.#containers, containerId, 'upper');
  }

  async usage(containerId: string, signal: AbortSignal): Promise<{ size: number; inodes: number }> {
    const upper = this.upperDir(containerId);
    // Not mounted yet, so nothing written.
    if (!existsSync(upper)) return { size: 0, inodes: 0 };
    const fd = openDirectory(upper);
    try {
      return await diskUsage(fd, signal);
    } finally {
      closeSync(fd);
    }
  }

  async removeLayer(chainId: string): Promise<void> {
    const directory = this.#layers.forget(chainId);
    if (directory !== undefined) await this.#delete(this.#layers.root, directory);
  }

  async sweep(chainIds: ReadonlySet<string>, containerIds: ReadonlySet<string>): Promise<void> {
    const orphans = readdirSync(this.#containers).filter((id) => !containerIds.has(id));
    for (const id of orphans) this.unmount(id);
    for (const directory of this.#layers.prune(chainIds)) await this.#delete(this.#layers.root, directory);
    for (const id of orphans) await this.#delete(this.#containers, id);
  }

  /** Ends the worker threads. The mounts of running containers stay: they outlive the service. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#workers.close();
    releasePrivate(this.#containers);
  }

  /** The merged root shows the upper directory's own attributes, so it takes those of the top layer's root. */
  #makeDirectories(base: string, topLayer: string): void {
    mkdirSync(join(base, 'root'), { recursive: true });
    mkdirSync(join(base, 'work'), { recursive: true });
    const upper = join(base, 'upper');
    if (mkdirSync(upper, { recursive: true }) === undefined) return;
    const [from, to] = [openDirectory(topLayer), openDirectory(upper)];
    try {
      copyAttributes(from, to);
    } finally {
      closeSync(from);
      closeSync(to);
    }
  }

  async #delete(directory: string, name: string): Promise<void> {
    let fd: number;
    try {
      fd = openDirectory(directory);
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
      throw error;
    }
    try {
      if (removeTree(fd, name, { ...INLINE })) return;
    } finally {
      closeSync(fd);
    }
    const answer = await this.#workers.run({ kind: 'remove', directory, name });
    if ('failure' in answer) throw new SelkieError('HOST', { reason: `removing ${name}: ${answer.failure.reason}` });
  }
}

function orAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    const settled = () => {
      signal.removeEventListener('abort', abort);
      resolve();
    };
    work.then(settled, settled);
  });
}
