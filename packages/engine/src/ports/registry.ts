/** A registry endpoint: the distribution API 1.1. */
export interface Registry {
  /**
   * Fetches a manifest or index.
   * @param reference tag or digest
   * @throws SelkieError MANIFEST_UNKNOWN, PULL_DENIED, REGISTRY, REGISTRY_UNAUTHORIZED, DIGEST_MISMATCH, CANCELLED
   */
  manifest(repository: Repository, reference: string, signal: AbortSignal): Promise<FetchedManifest>;
  /**
   * Streams a blob into `write` from `offset`; the caller verifies the digest.
   * @throws SelkieError as manifest
   */
  blob(repository: Repository, digest: string, offset: number, signal: AbortSignal): Promise<AsyncIterable<Uint8Array>>;
  /**
   * Sends a blob unless the repository has it.
   * @throws SelkieError REGISTRY, REGISTRY_UNAUTHORIZED, FORBIDDEN, CANCELLED
   */
  pushBlob(repository: Repository, blob: BlobToPush, signal: AbortSignal): Promise<PushOutcome>;
  /**
   * Sends a manifest, whose blobs are there, under a tag or its digest.
   * @throws SelkieError as pushBlob; DIGEST_MISMATCH where the registry takes it for another one
   */
  pushManifest(
    repository: Repository,
    reference: string,
    manifest: FetchedManifest,
    signal: AbortSignal,
  ): Promise<void>;
  /**
   * Every tag of a repository.
   * @throws SelkieError PULL_DENIED, REGISTRY, REGISTRY_UNAUTHORIZED, CANCELLED
   */
  tags(repository: Repository, signal: AbortSignal): Promise<string[]>;
  /**
   * Tries credentials.
   * @throws SelkieError REGISTRY_UNAUTHORIZED, REGISTRY, CANCELLED
   */
  login(host: string, credentials: RegistryCredentials, signal: AbortSignal): Promise<void>;
}

export interface BlobToPush {
  readonly digest: string;
  readonly size: number;
  /** The bytes from an offset. */
  open(offset: number): AsyncIterable<Uint8Array>;
  /** Path of a repository of the same registry that is thought to have it. */
  readonly from?: string;
  /** Bytes sent so far. */
  readonly onProgress?: (sent: number) => void;
}

/** `mounted`: taken from the other repository. */
export type PushOutcome = 'exists' | 'mounted' | 'uploaded';

export interface Repository {
  /** `docker.io`, `127.0.0.1:5000`, … */
  readonly host: string;
  /** `library/alpine` */
  readonly path: string;
  readonly credentials?: RegistryCredentials;
  /** Plain http or unverified TLS: true and false overrule the configuration, which is asked where it is undefined. */
  readonly insecure?: boolean;
}

export interface RegistryCredentials {
  readonly username?: string;
  readonly password?: string;
  readonly identityToken?: string;
  readonly registryToken?: string;
}

export interface FetchedManifest {
  readonly mediaType: string;
  readonly digest: string;
  readonly bytes: Uint8Array;
}
