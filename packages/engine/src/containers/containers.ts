import type { Filters } from '../filters/filters.ts';
import type { ImageRecord } from '../images/record.ts';
import { dockerNames, type ShortNames } from '../images/short-names.ts';
import { type FetchedFiles, type GetOptions, getArchive } from './archive/get.ts';
import type { PathStat } from './archive/job.ts';
import { type PutRequest, putArchive } from './archive/put.ts';
import { statPath } from './archive/stat.ts';
import { attach, type StdioSession } from './attach.ts';
import { changes, type FileChange } from './changes.ts';
import { type CommitOptions, commit } from './commit.ts';
import { connect } from './connect.ts';
import type { ContainerContext } from './context.ts';
import { create } from './create.ts';
import type { ContainerDefinition, EndpointRequest } from './definition.ts';
import { dependencies, dependents } from './dependents.ts';
import { type ContainerDetails, details } from './details.ts';
import { type DisconnectOptions, disconnect } from './disconnect.ts';
import { exportRoot } from './export.ts';
import { filesDirectory } from './files.ts';
import { kill } from './kill.ts';
import { type ListOptions, list } from './list.ts';
import type { LogEntry, LogOptions } from './logs/entry.ts';
import { logs } from './logs/logs.ts';
import { type NamespaceIds, namespaceIds } from './namespaces.ts';
import { pause, unpause } from './pause.ts';
import type { ProcessTable } from './processes/table.ts';
import { type PruneResult, prune } from './prune.ts';
import type { ContainerRecord } from './record.ts';
import { recover } from './recover.ts';
import { type RemoveOptions, remove } from './remove.ts';
import { rename } from './rename.ts';
import { resize } from './resize.ts';
import { restart } from './restart.ts';
import { bundleOf, logPathOf } from './sandbox.ts';
import { type ContainerSize, size } from './size.ts';
import { init, start } from './start.ts';
import { type StatsSample, type StatsStreamOptions, type StatsTargets, statsStream } from './stats.ts';
import { type StopOptions, stop } from './stop.ts';
import { type TopRequest, top } from './top.ts';
import { type ContainerChange, update } from './update.ts';
import { type WaitCondition, type WaitResult, wait } from './wait.ts';

/** Everything that can be done to containers. Each verb has a file of its own, which says what it throws. `reference` is a name, an ID or a unique prefix of one. */
export class Containers {
  readonly #ctx: ContainerContext;

  constructor(ctx: ContainerContext) {
    this.#ctx = ctx;
  }

  /** @param names how a short image name is completed */
  create(definition: ContainerDefinition, names: ShortNames = dockerNames): Promise<ContainerRecord> {
    return create(this.#ctx, definition, names);
  }

  /** @throws SelkieError NO_SUCH_CONTAINER, AMBIGUOUS_ID */
  inspect(reference: string): ContainerRecord {
    return this.#ctx.store.find(reference);
  }

  /** Every container, newest first. */
  all(): ContainerRecord[] {
    return this.#ctx.store.all();
  }

  list(options: ListOptions): ContainerRecord[] {
    return list(this.#ctx, options);
  }

  prune(filters: Filters, signal: AbortSignal): Promise<PruneResult> {
    return prune(this.#ctx, filters, signal);
  }

  size(reference: string, signal: AbortSignal): Promise<ContainerSize> {
    return size(this.#ctx, reference, signal);
  }

  details(reference: string): ContainerDetails {
    return details(this.#ctx, reference);
  }

  dependencies(reference: string): string[] {
    return dependencies(this.#ctx, reference);
  }

  dependents(reference: string): ContainerRecord[] {
    return dependents(this.#ctx, reference);
  }

  namespaceIds(record: ContainerRecord): NamespaceIds {
    return namespaceIds(record);
  }

  /** Exit code of a container that was removed not long ago, by its full ID. */
  removedExitCode(id: string): number | undefined {
    return this.#ctx.store.exitCodes.get(id);
  }

  /** Name of the OCI runtime it runs, or would run, under. */
  runtimeName({ definition }: ContainerRecord): string {
    return this.#ctx.runtime(definition.runtime).name;
  }

  /** Its log on the host; undefined where its driver keeps none there. */
  logPath(record: ContainerRecord): string | undefined {
    return logPathOf(this.#ctx, record);
  }

  /** Where its hosts, hostname and resolv.conf are on the host while it runs. */
  filesDirectory({ id }: ContainerRecord): string {
    return filesDirectory(bundleOf(this.#ctx, id));
  }

  /** Its writable layer on the host; undefined for a rootfs container. */
  upperDirectory({ id, definition }: ContainerRecord): string | undefined {
    return definition.rootfs === undefined ? this.#ctx.snapshots.upperDir(id) : undefined;
  }

  init(reference: string, signal: AbortSignal): Promise<void> {
    return init(this.#ctx, reference, signal);
  }

  start(reference: string, signal: AbortSignal): Promise<void> {
    return start(this.#ctx, reference, signal);
  }

  stop(reference: string, options: StopOptions, signal: AbortSignal): Promise<void> {
    return stop(this.#ctx, reference, options, signal);
  }

  restart(reference: string, options: StopOptions, signal: AbortSignal): Promise<void> {
    return restart(this.#ctx, reference, options, signal);
  }

  kill(reference: string, signal: string): Promise<void> {
    return kill(this.#ctx, reference, signal);
  }

  pause(reference: string): Promise<void> {
    return pause(this.#ctx, reference);
  }

  unpause(reference: string): Promise<void> {
    return unpause(this.#ctx, reference);
  }

  remove(reference: string, options: RemoveOptions, signal: AbortSignal): Promise<void> {
    return remove(this.#ctx, reference, options, signal);
  }

  rename(reference: string, newName: string): Promise<void> {
    return rename(this.#ctx, reference, newName);
  }

  wait(reference: string, condition: WaitCondition, signal: AbortSignal): Promise<WaitResult> {
    return wait(this.#ctx, reference, condition, signal);
  }

  logs(reference: string, options: LogOptions, signal: AbortSignal): AsyncIterable<LogEntry[]> {
    return logs(this.#ctx, reference, options, signal);
  }

  attach(reference: string, signal: AbortSignal): Promise<StdioSession> {
    return attach(this.#ctx, reference, signal);
  }

  statPath(reference: string, path: string, signal: AbortSignal): Promise<PathStat> {
    return statPath(this.#ctx, reference, path, signal);
  }

  getArchive(reference: string, path: string, options: GetOptions, signal: AbortSignal): Promise<FetchedFiles> {
    return getArchive(this.#ctx, reference, path, options, signal);
  }

  putArchive(
    reference: string,
    path: string,
    archive: AsyncIterable<Uint8Array>,
    request: PutRequest,
    signal: AbortSignal,
  ): Promise<void> {
    return putArchive(this.#ctx, reference, path, archive, request, signal);
  }

  top(reference: string, request: TopRequest, signal: AbortSignal): Promise<ProcessTable> {
    return top(this.#ctx, reference, request, signal);
  }

  update(reference: string, change: ContainerChange, signal: AbortSignal): Promise<string[]> {
    return update(this.#ctx, reference, change, signal);
  }

  stats(targets: StatsTargets, options: StatsStreamOptions, signal: AbortSignal): AsyncIterable<StatsSample[]> {
    return statsStream(this.#ctx, targets, options, signal);
  }

  /** What it changed of its image's files. */
  changes(reference: string, signal: AbortSignal): Promise<FileChange[]> {
    return changes(this.#ctx, reference, signal);
  }

  /** Its root filesystem as a tar. */
  export(reference: string, signal: AbortSignal): AsyncIterable<Buffer> {
    return exportRoot(this.#ctx, reference, signal);
  }

  /** Makes an image of it. */
  commit(reference: string, options: CommitOptions, signal: AbortSignal): Promise<ImageRecord> {
    return commit(this.#ctx, reference, options, signal);
  }

  resize(reference: string, size: { height: number; width: number }): Promise<void> {
    return resize(this.#ctx, reference, size);
  }

  connect(reference: string, network: string, request: EndpointRequest): Promise<void> {
    return connect(this.#ctx, reference, network, request);
  }

  disconnect(reference: string, network: string, options: DisconnectOptions = {}): Promise<void> {
    return disconnect(this.#ctx, reference, network, options);
  }

  /** Takes up every container where the last service left it. */
  recover(): Promise<void> {
    return recover(this.#ctx);
  }
}
