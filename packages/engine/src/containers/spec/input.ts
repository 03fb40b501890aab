import type { ContainerDefinition } from '../definition.ts';
import type { AttachedVolume, ResolvedProcess } from '../record.ts';
import type { ResolvedUser } from '../user.ts';
import type { HostFacts } from './host.ts';
import type { NamespaceType } from './types.ts';

/** Everything a spec is made of: what was asked for, what it resolved to, and what this host can do. */
export interface SpecInput {
  readonly id: string;
  readonly definition: ContainerDefinition;
  readonly process: ResolvedProcess;
  readonly user: ResolvedUser;
  readonly volumes: readonly AttachedVolume[];
  readonly rootfs: string;
  readonly cgroupsPath: string;
  /**
   * Namespace files by type: the network namespace made for it (or the one to share), and `/proc/<pid>/ns/<type>` for every namespace the
   * definition shares with another container.
   */
  readonly namespacePaths: Partial<Readonly<Record<NamespaceType, string>>>;
  readonly files: ContainerFiles;
  readonly host: HostFacts;
  /** Name of the runtime that reads the spec. */
  readonly runtime?: string;
}

/** Host files bound into the container; one left out is not bound. */
export interface ContainerFiles {
  readonly hosts?: string;
  readonly hostname?: string;
  readonly resolvConf?: string;
  /** `/run/.containerenv` of libpod containers. */
  readonly containerEnv?: string;
  /** A tmpfs the engine mounted for a container whose IPC namespace others share; else the runtime mounts a private one. */
  readonly shm?: string;
  /** Init binary for `--init`. */
  readonly init?: string;
}

/** Collects what the client should be told. */
export type Warn = (message: string) => void;
