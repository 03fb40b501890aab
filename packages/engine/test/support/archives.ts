import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { LoadedImage, LoadOptions } from '../../src/images/load.ts';
import type { SaveOptions } from '../../src/images/save.ts';
import type { FixtureImage } from './fixture-images.ts';
import type { Bench } from './images.ts';
import { type Member, tar } from './tar.ts';

const signal = new AbortController().signal;

export function saved(bench: Bench, names: readonly string[], options: Partial<SaveOptions> = {}): Promise<Buffer> {
  return buffer(Readable.from(bench.images.save(names, { signal, ...options }), { objectMode: false }));
}

/** Loads an archive that comes in pieces of no particular size. */
export function loaded(bench: Bench, archive: Buffer, options: Partial<LoadOptions> = {}): Promise<LoadedImage[]> {
  return bench.images.load(pieces(archive), { signal, ...options });
}

async function* pieces(archive: Buffer, size = 7777): AsyncGenerator<Buffer> {
  for (let at = 0; at < archive.length; at += size) yield archive.subarray(at, at + size);
}

/** A docker archive in the old layout: members by their names, layers compressed as they are. */
export function dockerArchive(image: FixtureImage, names: readonly string[], more: readonly Member[] = []): Buffer {
  const layers = image.layers.map(({ blob }, i) => ({ name: `layer-${i}/layer.tar`, data: blob }));
  const manifest = [{ Config: 'config.json', RepoTags: names, Layers: layers.map(({ name }) => name) }];
  return tar(
    ...layers,
    { name: 'config.json', data: image.config },
    { name: 'manifest.json', data: JSON.stringify(manifest) },
    ...more,
  );
}

/** An OCI image layout. @param annotations of the index's entry */
export function ociArchive(image: FixtureImage, annotations: Readonly<Record<string, string>> = {}): Buffer {
  const entry = { mediaType: image.mediaType, digest: image.digest, size: image.manifest.length, annotations };
  const blob = (digest: string, data: Buffer) => ({ name: `blobs/sha256/${digest.slice(7)}`, data });
  return tar(
    { name: 'oci-layout', data: '{"imageLayoutVersion":"1.0.0"}' },
    { name: 'index.json', data: JSON.stringify({ schemaVersion: 2, manifests: [entry] }) },
    blob(image.digest, image.manifest),
    blob(image.configDigest, image.config),
    ...image.layers.map((layer) => blob(layer.digest, layer.blob)),
  );
}
