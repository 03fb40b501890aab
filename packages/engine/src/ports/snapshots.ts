/** A filesystem made of image layers, and the container roots that stand on it. */
export interface Snapshots {
  /** Key of the unpacked layer with this chain ID, where it is committed. */
  find(chainId: string): string | undefined;
  /** Where that layer is on the host. */
  directoryOf(chainId: string): string | undefined;
  /** Unpacked bytes of one layer; 0 where it is not here. */
  sizeOf(chainId: string): number;
  /**
   * Unpacks one layer and commits it under its chain ID; until then it is invisible and a crash leaves only what `sweep` removes.
   * @param tar uncompressed or compressed layer blob on disk
   * @throws SelkieError BAD_LAYER, DIGEST_MISMATCH (diff ID differs), CANCELLED
   */
  unpack(layer: LayerSource, signal: AbortSignal): Promise<Unpacked>;
  /** Makes (once) and mounts a container's root on the given layers; returns the mount point. Idempotent. */
  mount(containerId: string, chainIds: readonly string[]): string;
  unmount(containerId: string): void;
  /**
   * Mounts a root for some work on its files and keeps it mounted until that is done: one that was mounted stays so, one that is unmounted
   * meanwhile goes at the end, one that is mounted meanwhile is the same mount.
   */
  hold(containerId: string, chainIds: readonly string[]): Disposable & { readonly path: string };
  /** Unmounts and deletes a container's writable layer. */
  remove(containerId: string): Promise<void>;
  /** The container's upper directory. */
  upperDir(containerId: string): string;
  /** Bytes and files the container wrote. */
  usage(containerId: string, signal: AbortSignal): Promise<{ size: number; inodes: number }>;
  /**
   * Deletes one committed layer, from the top of its stack down. It is gone for `find` when the call returns, its files when the promise resolves;
   * safe beside running unpacks. Of nothing: a success.
   */
  removeLayer(chainId: string): Promise<void>;
  /** Deletes committed layers not in `chainIds`, half-unpacked ones and roots of containers not in `containerIds`. What is being unpacked right now stays. */
  sweep(chainIds: ReadonlySet<string>, containerIds: ReadonlySet<string>): Promise<void>;
}

export interface Unpacked {
  /** Digest of the uncompressed tar. */
  readonly diffId: string;
  /** Bytes of its files. */
  readonly size: number;
  /** Bytes of the uncompressed tar, where they were counted. */
  readonly tarSize?: number;
}

export interface LayerSource {
  readonly blobPath: string;
  readonly digest: string;
  readonly mediaType: string;
  /** Chain ID of the layer below, undefined for the base. */
  readonly parent?: string;
  readonly chainId: string;
  readonly diffId: string;
}
