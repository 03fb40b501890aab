/** The OCI runtime's life-cycle verbs that are not run under the monitor. */
export interface OciRuntime {
  /** `runc` or `crun`. */
  readonly name: string;
  readonly path: string;
  /** Arguments every call of this service instance carries (its own state directory). */
  readonly args: readonly string[];
  /** Lets a created container run. @throws SelkieError RUNTIME */
  start(id: string, signal: AbortSignal): Promise<void>;
  /** Sets other limits on a container that runs. @param resourcesPath OCI resources JSON on disk @throws SelkieError RUNTIME */
  update(id: string, resourcesPath: string, signal: AbortSignal): Promise<void>;
  /**
   * Removes what the runtime keeps of a container, killing what is left of it unless the caller knows that it has `exited`. Of nothing: a success.
   * @throws SelkieError RUNTIME
   */
  delete(id: string, known?: { readonly exited?: boolean }): Promise<void>;
}
