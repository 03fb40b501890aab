/** A registry endpoint: the distribution API 1.1, read side. */
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
