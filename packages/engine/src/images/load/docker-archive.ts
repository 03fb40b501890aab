import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { decompress, detectCompression } from '../../archive/decompress.ts';
import { ArchiveError } from '../../archive/errors.ts';
import { parseImageDocument } from '../config.ts';
import type { Descriptor } from '../content.ts';
import { JsonObject } from '../json.ts';
import type { StagedFile } from '../staging.ts';
import { layerType } from '../write-manifest.ts';
import { type ArchiveImage, distinct } from './archive-image.ts';
import type { Members } from './members.ts';

const READ_SIZE = 256 * 1024;

/** The images of an archive as `docker save` writes them. @throws ArchiveError, SelkieError REGISTRY for a malformed config */
export async function dockerArchive(members: Members): Promise<ArchiveImage[]> {
  const items = listOf(await members.document('manifest.json'));
  const images: ArchiveImage[] = [];
  for (const item of items) images.push(await imageOf(members, item));
  return images;
}

interface Item {
  readonly config: string;
  readonly layers: readonly string[];
  readonly names: readonly string[];
}

function listOf(bytes: Buffer): Item[] {
  try {
    const list: unknown = JSON.parse(bytes.toString('utf8'));
    if (!Array.isArray(list)) throw new TypeError('it is not a list');
    return list.map((item: unknown) => {
      const object = new JsonObject(item, 'an image');
      return {
        config: object.required('Config', object.string('Config')),
        layers: object.strings('Layers') ?? [],
        names: object.strings('RepoTags') ?? [],
      };
    });
  } catch (cause) {
    throw new ArchiveError(`manifest.json: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

async function imageOf(members: Members, { config: path, layers: paths, names }: Item): Promise<ArchiveImage> {
  const config = await members.document(path);
  const { diffIds } = parseImageDocument(path, config);
  if (diffIds.length !== paths.length) {
    throw new ArchiveError(`${path} names ${diffIds.length} layers, the manifest ${paths.length}`);
  }
  const files = paths.map((layer) => members.get(layer));
  const layers: Descriptor[] = [];
  for (const [i, file] of files.entries()) layers.push(await describe(file, diffIds[i] ?? ''));
  return {
    parts: { config, staged: distinct(files), manifest: { format: 'docker', layers } },
    names: names.map((text) => ({ text, origin: 'docker' })),
  };
}

/** What a layer's file is, once it is known to be the layer the config means. */
async function describe(file: StagedFile, diffId: string): Promise<Descriptor> {
  const { digest, size, path } = file;
  const compression = detectCompression(await headOf(path));
  if (compression !== 'none' && compression !== 'gzip' && compression !== 'zstd') {
    throw new ArchiveError(`layer ${digest} has a compression that layers do not have: ${compression}`);
  }
  const actual = compression === 'none' ? digest : await uncompressedDigest(path);
  if (actual !== diffId) throw new ArchiveError(`layer ${diffId} of the archive has another digest: ${actual}`);
  return { mediaType: layerType('docker', compression), digest, size };
}

async function headOf(path: string): Promise<Buffer> {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
  return buffer.subarray(0, bytesRead);
}

async function uncompressedDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of decompress(createReadStream(path, { highWaterMark: READ_SIZE }))) hash.update(chunk);
  return `sha256:${hash.digest('hex')}`;
}
