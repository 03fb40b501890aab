import type { Emit } from '../events/events.ts';
import type { NewLayer } from '../images/commit.ts';
import type { ImageRecord } from '../images/record.ts';
import type { ShortNames } from '../images/short-names.ts';
import type { NetworkRecord } from '../networks/record.ts';
import type { Cgroups } from '../ports/cgroups.ts';
import type { FileTrees } from '../ports/file-trees.ts';
import type { Monitor, ProcessStdio } from '../ports/monitor.ts';
import type { AttachRequest, EndpointPlan, NetworkDriver } from '../ports/network-driver.ts';
import type { OciRuntime } from '../ports/oci-runtime.ts';
import type { Snapshots } from '../ports/snapshots.ts';
import type { ArchiveWorkers } from './archive/workers.ts';
import type { EndpointRequest, HealthDefinition, MountDefinition, NetworkAttachments } from './definition.ts';
import type { KeyedLock } from './keyed-lock.ts';
import type { AttachedVolume, ContainerRecord, Endpoint } from './record.ts';
import type { HostFacts } from './spec/host.ts';
import type { ContainerStore } from './store.ts';

/** What containers need of an image. */
export interface RunnableImage {
  /** Its full name; undefined for an image without one. */
  readonly name?: string;
  /** Config digest, `sha256:…`. */
  readonly id: string;
  readonly digest: string;
  /** From the base up. */
  readonly chainIds: readonly string[];
  readonly os: string;
  readonly architecture: string;
  readonly config: {
    readonly env: readonly string[];
    readonly entrypoint: readonly string[];
    readonly command: readonly string[];
    readonly workdir: string;
    readonly user: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly exposed: readonly string[];
    readonly volumes: readonly string[];
    readonly stopSignal?: string;
    readonly health?: HealthDefinition;
  };
}

export interface ImageSource {
  /** @throws SelkieError NO_SUCH_IMAGE, AMBIGUOUS_ID */
  runnable(reference: string, names?: ShortNames): RunnableImage;
}

/** What makes images of containers. */
export interface ImageMaker {
  /** By its full ID. */
  byId(id: string): ImageRecord | undefined;
  addLayer(layer: NewLayer): Promise<ImageRecord>;
}

export interface NetworkPlanner {
  /** Validates the request without taking anything. @throws SelkieError NO_SUCH_NETWORK, INVALID_PARAMETER */
  resolve(request: NetworkAttachments): readonly Endpoint[];
  /** Takes address leases for a start. @throws SelkieError ADDRESS_IN_USE, POOL_EXHAUSTED, NO_SUCH_NETWORK */
  plan(containerId: string, endpoints: readonly Endpoint[]): readonly EndpointPlan[];
  /** The plan of leases already taken, for cleaning up or after a restart of the service. */
  planned(endpoints: readonly Endpoint[]): readonly EndpointPlan[];
  /** Host addresses a port is published on where its mapping names none; undefined: every address of both families. */
  hostAddresses?(endpoints: readonly Endpoint[]): readonly string[];
  /** Gives back a container's addresses, on one network or on all. */
  release(containerId: string, networkId?: string): void;
  /** @throws SelkieError NO_SUCH_NETWORK, AMBIGUOUS_ID */
  find(nameOrId: string): NetworkRecord;
  /** As {@link resolve}, for a container that is on other networks already. @throws SelkieError also NETWORK_CONNECTED */
  resolveOne(nameOrId: string, request: EndpointRequest, container: ContainerRecord): Endpoint;
  /** Wires a container. @throws SelkieError PORT_IN_USE, HOST */
  attach(request: AttachRequest): Promise<void>;
  /** Brings a running container from one set of endpoints and ports to another; where that fails it is as it was. @throws SelkieError PORT_IN_USE, HOST */
  change(before: AttachRequest, after: AttachRequest): Promise<void>;
  /** Unwires it; of nothing: a success. */
  detach(request: AttachRequest): Promise<void>;
}

export interface VolumeSource {
  /** Makes the volumes a container asks for, named and anonymous, and returns where they are. */
  attach(mounts: readonly MountDefinition[], imageVolumes: readonly string[]): readonly AttachedVolume[];
  /** Makes a volume ready for a start: mounted, and filled with what the image has at its target where it is new. */
  populate(volume: AttachedVolume, rootfs: string): Promise<void>;
  /** The container no longer runs. Of nothing: a success. */
  release(containerId: string, volumes: readonly AttachedVolume[]): void;
  detach(containerId: string, volumes: readonly AttachedVolume[], removeAnonymous: boolean): Promise<void>;
}

/** Everything the container verbs work with. */
export interface ContainerContext {
  readonly root: string;
  readonly runroot: string;
  readonly store: ContainerStore;
  readonly lock: KeyedLock;
  readonly images: ImageSource;
  readonly imageMaker: ImageMaker;
  readonly networks: NetworkPlanner;
  readonly volumes: VolumeSource;
  readonly snapshots: Snapshots;
  readonly trees: FileTrees;
  readonly archives: ArchiveWorkers;
  readonly driver: NetworkDriver;
  readonly monitor: Monitor;
  readonly cgroups: Cgroups;
  readonly host: HostFacts;
  /** @throws SelkieError INVALID_PARAMETER for a runtime that is not there */
  runtime(name: string | undefined): OciRuntime;
  readonly emit: Emit;
  /** Clients that attached before the process exists; connected between the runtime's create and start. */
  readonly waitingAttaches: Map<string, Set<(stdio: ProcessStdio | undefined) => void>>;
  /** Exit watches of live containers. */
  readonly exitWatches: Map<string, Disposable>;
  /** Restarts waiting for their back-off. */
  readonly pendingRestarts: Map<string, NodeJS.Timeout>;
  /** Called when a container's process has gone, so that exec sessions and health checks end with it. */
  onStopped(record: ContainerRecord): void;
  onStarted(record: ContainerRecord): void;
  /** True once the service is closing: exits are still recorded, restarts are not begun. */
  closing(): boolean;
  /** Settles once what the last service left has been taken up; nothing is started before. */
  recovered(): Promise<void>;
  /** Tells whoever runs the engine of a failure no request is there to hear of. */
  report(what: string, error: unknown): void;
}
