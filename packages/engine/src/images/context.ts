import type { Emit } from '../events/events.ts';
import type { FileTrees } from '../ports/file-trees.ts';
import type { Registry } from '../ports/registry.ts';
import type { Snapshots } from '../ports/snapshots.ts';
import type { ContentStore } from './content.ts';
import type { IndexFile } from './index-file.ts';
import type { Leases } from './leases.ts';
import type { Semaphore } from './semaphore.ts';
import type { SharedWork } from './shared-work.ts';
import type { ImageStore } from './store.ts';

/** A container as far as images are concerned. */
export interface ImageUse {
  readonly containerId: string;
  readonly running: boolean;
  readonly imageId: string;
  readonly chainIds: readonly string[];
}

export interface LayerProgress {
  /** Short digest of the layer. */
  readonly id: string;
  readonly status:
    | 'pulling-fs-layer'
    | 'waiting'
    | 'downloading'
    | 'download-complete'
    | 'extracting'
    | 'pull-complete'
    | 'already-exists';
  readonly current?: number;
  readonly total?: number;
}

/** Everything the image verbs work with. */
export interface ImagesContext {
  readonly store: ImageStore;
  readonly content: ContentStore;
  readonly leases: Leases;
  readonly index: IndexFile;
  readonly registry: Registry;
  readonly snapshots: Snapshots;
  readonly trees: FileTrees;
  readonly emit: Emit;
  /** Every container there is. */
  readonly uses: () => Iterable<ImageUse>;
  readonly downloads: SharedWork<void, LayerProgress>;
  readonly unpacks: SharedWork<void, LayerProgress>;
  /** Downloads at a time. */
  readonly slots: Semaphore;
  /** Uploads at a time. */
  readonly uploads: Semaphore;
  /** Layers being compressed at a time: each keeps a processor busy. */
  readonly compressions: Semaphore;
}
