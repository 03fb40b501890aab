import { createHash } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { umount2 } from '@selkie/native/mount';
import { mountPoints } from '../../src/adapters/overlay/mounts.ts';
import { OverlaySnapshots } from '../../src/adapters/overlay/snapshots.ts';
import type { LayerSource } from '../../src/ports/snapshots.ts';
import type { StateStore } from '../../src/ports/state-store.ts';
import { temporaryDirectory } from './directory.ts';
import { MemoryStateStore } from './memory-state.ts';

/** Snapshots on a directory of their own; everything unmounted and gone at the end of the block. */
export class SnapshotsFixture implements AsyncDisposable {
  readonly root: string;
  readonly state: StateStore = new MemoryStateStore();
  readonly snapshots: OverlaySnapshots;
  #blobs = 0;

  constructor(root: string = temporaryDirectory().path) {
    this.root = root;
    this.snapshots = this.restarted();
  }

  /** The same root and state as a service started anew sees it. */
  restarted(): OverlaySnapshots {
    return new OverlaySnapshots({ root: this.root, state: this.state });
  }

  /** A layer's source; its chain ID is derived as the image specification says. */
  layer(blob: Buffer, uncompressed: Buffer = blob, parent?: LayerSource): LayerSource {
    const blobPath = join(this.root, `blob-${this.#blobs++}`);
    writeFileSync(blobPath, blob);
    const diffId = sha256(uncompressed);
    return {
      blobPath,
      digest: sha256(blob),
      mediaType: 'application/vnd.oci.image.layer.v1.tar',
      diffId,
      chainId: parent === undefined ? diffId : sha256(`${parent.chainId} ${diffId}`),
      ...(parent === undefined ? {} : { parent: parent.chainId }),
    };
  }

  /** Unpacks archives on top of each other; gives their chain IDs, the base's first. */
  async stack(...archives: readonly Buffer[]): Promise<string[]> {
    const chain: LayerSource[] = [];
    for (const archive of archives) {
      const layer = this.layer(archive, archive, chain.at(-1));
      await this.snapshots.unpack(layer, new AbortController().signal);
      chain.push(layer);
    }
    return chain.map(({ chainId }) => chainId);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.snapshots[Symbol.asyncDispose]();
    for (const target of mountsBelow(this.root).reverse()) umount2(target);
    rmSync(this.root, { recursive: true });
  }
}

/** Mount points below a directory, in the order they were made. */
export function mountsBelow(directory: string): string[] {
  return mountPoints().filter((target) => target.startsWith(`${directory}/`));
}

function sha256(data: Buffer | string): string {
  return `sha256:${createHash('sha256').update(data).digest('hex')}`;
}
