import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { FileChange } from '../containers/changes.ts';
import type { Emit } from '../events/events.ts';
import type { FileTrees } from '../ports/file-trees.ts';
import type { Registry, RegistryCredentials } from '../ports/registry.ts';
import type { Snapshots } from '../ports/snapshots.ts';
import type { StateStore } from '../ports/state-store.ts';
import { addImage, type NewImage } from './add.ts';
import { type Collected, collectGarbage, neededLayers } from './collect.ts';
import { addLayer, type NewLayer } from './commit.ts';
import { ContentStore, type Descriptor } from './content.ts';
import type { ImagesContext, ImageUse } from './context.ts';
import { find, requireImage } from './find.ts';
import { type HistoryStep, historyOf } from './history.ts';
import { type ImportOptions, importImage } from './import.ts';
import { IndexFile } from './index-file.ts';
import { Leases } from './leases.ts';
import { type ImageFilters, list } from './list.ts';
import { type LoadedImage, type LoadOptions, load } from './load.ts';
import { loadFile } from './load-file.ts';
import { type ImagePruneOptions, type PrunedImage, prune } from './prune.ts';
import { type PullOptions, type PullResult, pull } from './pull.ts';
import { type PullAllOptions, pullAll } from './pull-all.ts';
import { type PushOptions, type PushResult, push } from './push.ts';
import type { ImageRecord } from './record.ts';
import type { FullReference } from './reference.ts';
import { type Removal, type RemoveOptions, remove } from './remove.ts';
import { type SaveOptions, save } from './save.ts';
import { Semaphore } from './semaphore.ts';
import { SharedWork } from './shared-work.ts';
import { dockerNames, type ShortNames } from './short-names.ts';
import { ImageStore } from './store.ts';
import { tag } from './tag.ts';
import { changesOf } from './top-layer.ts';
import { untag } from './untag.ts';
import { variants } from './variants.ts';

export interface ImagesOptions {
  /** The engine's state root; content goes to `content/` below it. */
  readonly root: string;
  readonly state: StateStore;
  readonly registry: Registry;
  readonly snapshots: Snapshots;
  readonly trees: FileTrees;
  readonly emit: Emit;
  /** Every container there is, as far as images are concerned. */
  readonly uses: () => Iterable<ImageUse>;
}

const DOWNLOADS_AT_ONCE = 3;
const UPLOADS_AT_ONCE = 5;

/** The images of this engine. Names are read as the Docker API does unless a {@link ShortNames} says otherwise. */
export class Images {
  readonly #context: ImagesContext;

  constructor(options: ImagesOptions) {
    const { root, state, registry, snapshots, trees, emit, uses } = options;
    const store = new ImageStore(state);
    const content = new ContentStore(join(root, 'content'));
    this.#context = {
      store,
      content,
      leases: new Leases(state),
      index: new IndexFile(content, store),
      registry,
      snapshots,
      trees,
      emit,
      uses,
      downloads: new SharedWork(),
      unpacks: new SharedWork(),
      slots: new Semaphore(DOWNLOADS_AT_ONCE),
      uploads: new Semaphore(UPLOADS_AT_ONCE),
      compressions: new Semaphore(availableParallelism()),
    };
  }

  get count(): number {
    return this.#context.store.all().length;
  }

  /** Blobs, for what writes images (load, import, build, commit) and what reads them (save, push). */
  get content(): ContentStore {
    return this.#context.content;
  }

  /** @throws SelkieError as {@link pull} of pull.ts */
  pull(reference: string, options: Partial<PullOptions> & Pick<PullOptions, 'signal'>): Promise<PullResult> {
    return pull(this.#context, reference, { names: dockerNames, ...options });
  }

  /** Every tag of a repository. @throws SelkieError as {@link pullAll} of pull-all.ts */
  pullAll(
    repository: string,
    options: Partial<PullAllOptions> & Pick<PullAllOptions, 'signal'>,
  ): Promise<PullResult[]> {
    return pullAll(this.#context, repository, { names: dockerNames, ...options });
  }

  /** @throws SelkieError as {@link load} of load.ts */
  load(
    archive: AsyncIterable<Buffer>,
    options: Partial<LoadOptions> & Pick<LoadOptions, 'signal'>,
  ): Promise<LoadedImage[]> {
    return load(this.#context, archive, { names: dockerNames, ...options });
  }

  /** Loads an archive of this host. @throws SelkieError as {@link loadFile} of load-file.ts */
  loadFile(path: string, options: Partial<LoadOptions> & Pick<LoadOptions, 'signal'>): Promise<LoadedImage[]> {
    return loadFile(this.#context, path, { names: dockerNames, ...options });
  }

  /** @throws SelkieError as {@link importImage} of import.ts */
  import(
    source: AsyncIterable<Buffer> | URL,
    options: Partial<ImportOptions> & Pick<ImportOptions, 'signal'>,
  ): Promise<ImageRecord> {
    return importImage(this.#context, source, { names: dockerNames, ...options });
  }

  /** Makes an image of a tar. @throws SelkieError as {@link addLayer} of commit.ts */
  addLayer(made: NewLayer): Promise<ImageRecord> {
    return addLayer(this.#context, made);
  }

  /** @throws SelkieError as {@link save} of save.ts, at the call */
  save(images: readonly string[], options: Partial<SaveOptions> & Pick<SaveOptions, 'signal'>): AsyncIterable<Buffer> {
    return save(this.#context, images, { names: dockerNames, ...options });
  }

  /** @throws SelkieError as {@link push} of push.ts */
  push(image: ImageRecord, reference: FullReference, options: PushOptions): Promise<PushResult> {
    return push(this.#context, image, reference, options);
  }

  /** Tries credentials on a registry. @throws SelkieError REGISTRY_UNAUTHORIZED, REGISTRY, CANCELLED */
  login(registry: string, credentials: RegistryCredentials, signal: AbortSignal): Promise<void> {
    return this.#context.registry.login(registry, credentials, signal);
  }

  /** @throws SelkieError NO_SUCH_IMAGE, AMBIGUOUS_ID, INVALID_PARAMETER */
  find(text: string, names: ShortNames = dockerNames): ImageRecord {
    return requireImage(this.#context.store, text, names);
  }

  /** By its full ID. */
  byId(id: string): ImageRecord | undefined {
    return this.#context.store.get(id);
  }

  has(text: string, names: ShortNames = dockerNames): boolean {
    return find(this.#context.store, text, names) !== undefined;
  }

  list(filters: ImageFilters = {}, names: ShortNames = dockerNames): ImageRecord[] {
    return list(this.#context.store, filters, names);
  }

  tag(source: string, target: string, names: ShortNames = dockerNames): ImageRecord {
    return tag(this.#context, source, target, names);
  }

  /** @param targets none: every name */
  untag(source: string, targets: readonly string[], names: ShortNames = dockerNames): ImageRecord {
    return untag(this.#context, source, targets, names);
  }

  remove(text: string, options: Partial<RemoveOptions> = {}): Promise<Removal> {
    return remove(this.#context, text, { names: dockerNames, ...options });
  }

  /** Removes what no container uses. @throws SelkieError NO_SUCH_IMAGE, AMBIGUOUS_ID for the image of before and since */
  prune(options: ImagePruneOptions, signal: AbortSignal): Promise<PrunedImage[]> {
    return prune(this.#context, options, signal);
  }

  /** Steps, latest first. */
  history(image: ImageRecord): HistoryStep[] {
    return historyOf(image, (id) => this.#context.store.get(id));
  }

  /** The image's siblings for other platforms as its registry describes them, itself among them. */
  variants(image: ImageRecord): Promise<readonly Descriptor[]> {
    return variants(this.#context, image);
  }

  /** Where its layers are on the host, from the base up. */
  directories(image: ImageRecord): string[] {
    return image.layers.flatMap(({ chainId }) => this.#context.snapshots.directoryOf(chainId) ?? []);
  }

  /** What its top layer changes of those below. */
  changes(image: ImageRecord, signal: AbortSignal): Promise<FileChange[]> {
    return changesOf(this.#context, image, signal);
  }

  /** Lists an image whose blobs are stored and whose layers are unpacked. */
  add(image: NewImage): ImageRecord {
    const record = addImage(this.#context, image);
    this.#context.index.changed();
    return record;
  }

  /** @param now also what interrupted pulls left for another attempt */
  garbageCollect(now = false): Promise<Collected> {
    return collectGarbage(this.#context, now);
  }

  /** After a start: clears what the last run left half done. @param containerIds whose roots stay */
  async recover(containerIds: ReadonlySet<string>): Promise<void> {
    await this.#context.snapshots.sweep(neededLayers(this.#context), containerIds);
    await this.#context.content.clearStaging();
    await collectGarbage(this.#context);
    await this.#context.index.update();
  }

  /** Resolves when the layout's index.json shows what is here. */
  close(): Promise<void> {
    return this.#context.index.update();
  }
}
