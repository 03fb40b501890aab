import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { SelkieError } from '@selkie/contract';
import type { LayerSource, Snapshots } from '../../src/ports/snapshots.ts';

/** Layers in memory: checks what the real ones check and keeps the uncompressed tar. */
export class FakeSnapshots implements Snapshots {
  readonly layers = new Map<string, { parent: string | undefined; tar: Buffer }>();
  /** Chain IDs in the order their unpacking began. */
  readonly unpacked: string[] = [];
  /** Awaited before a layer is committed. */
  gate: (layer: LayerSource, signal: AbortSignal) => Promise<void> = () => turn();

  find(chainId: string): string | undefined {
    return this.layers.has(chainId) ? chainId : undefined;
  }

  directoryOf(): undefined {
    return undefined;
  }

  async unpack(layer: LayerSource, signal: AbortSignal): Promise<{ diffId: string; size: number }> {
    this.unpacked.push(layer.chainId);
    if (layer.parent !== undefined && !this.layers.has(layer.parent)) {
      throw new SelkieError('INTERNAL', { reason: `unpacked before its parent ${layer.parent}` });
    }
    const tar = decompress(readFileSync(layer.blobPath));
    const diffId = `sha256:${createHash('sha256').update(tar).digest('hex')}`;
    await this.gate(layer, signal);
    if (signal.aborted) throw new SelkieError('CANCELLED', {});
    if (diffId !== layer.diffId) {
      throw new SelkieError('DIGEST_MISMATCH', { name: layer.digest, actual: diffId, expected: layer.diffId });
    }
    this.layers.set(layer.chainId, { parent: layer.parent, tar });
    return { diffId, size: tar.length };
  }

  async removeLayer(chainId: string): Promise<void> {
    for (const [id, { parent }] of this.layers) {
      if (parent === chainId) throw new Error(`${chainId} removed under ${id}`);
    }
    this.layers.delete(chainId);
  }

  async sweep(chainIds: ReadonlySet<string>): Promise<void> {
    for (const id of [...this.layers.keys()]) if (!chainIds.has(id)) this.layers.delete(id);
  }

  sizeOf(chainId: string): number {
    return this.layers.get(chainId)?.tar.length ?? 0;
  }

  mount(): string {
    throw new Error('images mount nothing');
  }
  unmount(): void {}
  hold(): never {
    throw new Error('images hold nothing');
  }
  async remove(): Promise<void> {}
  upperDir(): string {
    throw new Error('images have no upper directory');
  }
  async usage(): Promise<{ size: number; inodes: number }> {
    return { size: 0, inodes: 0 };
  }
}

function decompress(blob: Buffer): Buffer {
  if (blob[0] === 0x1f && blob[1] === 0x8b) return gunzipSync(blob);
  return blob.readUInt32LE(0) === 0xfd2fb528 ? zstdDecompressSync(blob) : blob;
}
