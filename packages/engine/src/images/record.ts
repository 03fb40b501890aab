import type { HistoryEntry, ImageConfig } from './config.ts';

export interface ImageLayer {
  /** The blob as it was pulled. */
  readonly digest: string;
  readonly mediaType: string;
  /** The blob's bytes. */
  readonly blobSize: number;
  readonly diffId: string;
  readonly chainId: string;
  /** Bytes unpacked. */
  readonly size: number;
}

/** An image as it is stored and listed. Replaced whole on each change, never mutated. */
export interface ImageRecord {
  /** Config digest, `sha256:…`. */
  readonly id: string;
  /** Full names with tag: `docker.io/library/busybox:latest`. Empty: dangling. */
  readonly names: readonly string[];
  /** Every name it ever had here, newest first. */
  readonly namesHistory: readonly string[];
  /**
   * `docker.io/library/busybox@sha256:…`, the digests it can be pulled by. For an image out of an index both the index's and the manifest's,
   * the index's first; Docker shows only those that end in {@link indexDigest} where there is one.
   */
  readonly repoDigests: readonly string[];
  readonly manifestDigest: string;
  readonly manifestMediaType: string;
  readonly manifestSize: number;
  readonly configSize: number;
  readonly indexDigest?: string;
  readonly indexMediaType?: string;
  readonly indexSize?: number;
  readonly annotations: Readonly<Record<string, string>>;
  /** The image it was built on here, where that is known. */
  readonly parent?: string;
  /** Unpacked bytes of all layers. */
  readonly size: number;
  /** RFC 3339 as the config has it. */
  readonly created?: string;
  readonly author?: string;
  readonly comment?: string;
  readonly dockerVersion?: string;
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly osVersion?: string;
  readonly config: ImageConfig;
  /** From the base up. */
  readonly layers: readonly ImageLayer[];
  readonly history: readonly HistoryEntry[];
  /** When a name was last given to it; RFC 3339. */
  readonly lastTagged?: string;
}

/** Every blob the image needs in the content store. */
export function blobsOf(image: ImageRecord): string[] {
  const { indexDigest, manifestDigest, id, layers } = image;
  return [...(indexDigest === undefined ? [] : [indexDigest]), manifestDigest, id, ...layers.map((l) => l.digest)];
}

/** The blob the image is known by in a registry: its index where it came out of one, else its manifest. */
export function targetOf(image: ImageRecord): { mediaType: string; digest: string; size: number } {
  const { indexDigest, indexMediaType, indexSize, manifestDigest, manifestMediaType, manifestSize } = image;
  if (indexDigest !== undefined && indexMediaType !== undefined && indexSize !== undefined) {
    return { mediaType: indexMediaType, digest: indexDigest, size: indexSize };
  }
  return { mediaType: manifestMediaType, digest: manifestDigest, size: manifestSize };
}

export function chainIdsOf(image: ImageRecord): string[] {
  return image.layers.map((layer) => layer.chainId);
}

/** Milliseconds since the epoch; 0 where the config names no time. */
export function createdMillis(image: ImageRecord): number {
  const time = image.created === undefined ? Number.NaN : Date.parse(image.created);
  return Number.isNaN(time) ? 0 : time;
}
