import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { pack } from 'tar-stream';

export type Compression = 'gzip' | 'zstd' | 'none';

/** Path → contents; a path that ends in a slash is a directory, a value `-> target` a symlink. */
export type Files = Readonly<Record<string, string | Buffer>>;

export interface FixtureLayer {
  readonly blob: Buffer;
  readonly digest: string;
  readonly diffId: string;
  readonly mediaType: string;
}

export interface FixtureImage {
  readonly manifest: Buffer;
  readonly digest: string;
  readonly mediaType: string;
  readonly config: Buffer;
  readonly configDigest: string;
  readonly layers: readonly FixtureLayer[];
  readonly platform: { readonly os: string; readonly architecture: string; readonly variant?: string };
}

export interface FixtureIndex {
  readonly manifest: Buffer;
  readonly digest: string;
  readonly mediaType: string;
  readonly images: readonly FixtureImage[];
}

const OCI = 'application/vnd.oci.image';

export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** A layer with the given files, the same bytes each time. */
export async function layer(files: Files, compression: Compression = 'gzip'): Promise<FixtureLayer> {
  const tar = pack();
  const mtime = new Date(1_700_000_000_000);
  for (const [name, value] of Object.entries(files)) {
    if (name.endsWith('/')) tar.entry({ name, type: 'directory', mode: 0o755, mtime });
    else if (typeof value === 'string' && value.startsWith('-> ')) {
      tar.entry({ name, type: 'symlink', linkname: value.slice(3), mtime });
    } else tar.entry({ name, mode: 0o755, mtime }, value);
  }
  tar.finalize();
  const plain = await buffer(tar);
  const blob = { gzip: gzipSync, zstd: zstdCompressSync, none: (bytes: Buffer) => bytes }[compression](plain);
  const suffix = compression === 'none' ? '' : `+${compression}`;
  return { blob, digest: digestOf(blob), diffId: digestOf(plain), mediaType: `${OCI}.layer.v1.tar${suffix}` };
}

/** A root filesystem that runs: static busybox with a few of its names. */
export function busyboxLayer(compression: Compression = 'gzip'): Promise<FixtureLayer> {
  const names = ['sh', 'sleep', 'echo', 'cat', 'true', 'false', 'ls', 'id', 'env'];
  const links = Object.fromEntries(names.map((name) => [`bin/${name}`, '-> busybox']));
  const files = { 'bin/': '', 'etc/': '', 'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\n', 'tmp/': '', 'root/': '' };
  return layer({ ...files, 'bin/busybox': readFileSync('/bin/busybox'), ...links }, compression);
}

export interface ImageSpec {
  readonly layers: readonly FixtureLayer[];
  /** The config's `config` object. */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string };
  readonly created?: string;
}

export function image(spec: ImageSpec): FixtureImage {
  const { layers, config = { Cmd: ['sh'] }, created = '2024-01-02T03:04:05Z' } = spec;
  const platform = spec.platform ?? { os: 'linux', architecture: 'amd64' };
  const document = Buffer.from(
    JSON.stringify({
      ...platform,
      created,
      config,
      rootfs: { type: 'layers', diff_ids: layers.map(({ diffId }) => diffId) },
      history: layers.map((_, i) => ({ created, created_by: `layer ${i}` })),
    }),
  );
  const configDigest = digestOf(document);
  const mediaType = `${OCI}.manifest.v1+json`;
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType,
      config: { mediaType: `${OCI}.config.v1+json`, digest: configDigest, size: document.length },
      layers: layers.map(({ mediaType: type, digest, blob }) => ({ mediaType: type, digest, size: blob.length })),
    }),
  );
  return { manifest, digest: digestOf(manifest), mediaType, config: document, configDigest, layers, platform };
}

export function index(images: readonly FixtureImage[]): FixtureIndex {
  const mediaType = `${OCI}.index.v1+json`;
  const manifests = images.map(({ mediaType: type, digest, manifest, platform }) => ({
    mediaType: type,
    digest,
    size: manifest.length,
    platform,
  }));
  const manifest = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, manifests }));
  return { manifest, digest: digestOf(manifest), mediaType, images };
}

/** Pushes to a registry that asks nobody's name. @param origin `http://127.0.0.1:5000` */
export async function push(
  origin: string,
  repository: string,
  tag: string,
  pushed: FixtureImage | FixtureIndex,
): Promise<void> {
  const images = 'images' in pushed ? pushed.images : [pushed];
  for (const one of images) {
    const blobs = new Map([[one.configDigest, one.config], ...one.layers.map((l) => [l.digest, l.blob] as const)]);
    for (const [digest, blob] of blobs) await pushBlob(origin, repository, digest, blob);
    await pushManifest(origin, repository, one.digest, one);
  }
  await pushManifest(origin, repository, tag, pushed);
}

async function pushBlob(origin: string, repository: string, digest: string, blob: Buffer): Promise<void> {
  const begun = await fetch(`${origin}/v2/${repository}/blobs/uploads/`, { method: 'POST' });
  await begun.arrayBuffer();
  const upload = new URL(begun.headers.get('location') ?? '', origin);
  upload.searchParams.set('digest', digest);
  await send(upload, blob, 'application/octet-stream');
}

async function pushManifest(
  origin: string,
  repository: string,
  reference: string,
  { manifest, mediaType }: FixtureImage | FixtureIndex,
): Promise<void> {
  await send(new URL(`${origin}/v2/${repository}/manifests/${reference}`), manifest, mediaType);
}

async function send(url: URL, bytes: Buffer, type: string): Promise<void> {
  const answer = await fetch(url, { method: 'PUT', body: new Uint8Array(bytes), headers: { 'content-type': type } });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`PUT ${url}: ${answer.status} ${text}`);
}
