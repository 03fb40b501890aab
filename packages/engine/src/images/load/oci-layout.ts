import { ArchiveError } from '../../archive/errors.ts';
import type { Descriptor } from '../content.ts';
import { isIndexDocument, parseManifest } from '../manifest.ts';
import { OCI_INDEX } from '../media-types.ts';
import { choose, hostPlatform, type Platform } from '../platform.ts';
import { type ArchiveImage, type ArchiveName, distinct } from './archive-image.ts';
import { blobPath, type Members } from './members.ts';

const REF_NAME = 'org.opencontainers.image.ref.name';
const CONTAINERD_NAME = 'io.containerd.image.name';
/** Indexes may nest, as buildkit writes them. */
const MAX_DEPTH = 4;

/** The images of an OCI image layout. @throws ArchiveError, SelkieError REGISTRY for what is malformed */
export async function ociLayout(members: Members, platform: Platform = hostPlatform()): Promise<ArchiveImage[]> {
  const index = parseManifest('index.json', await members.document('index.json'), OCI_INDEX);
  if (!isIndexDocument(index)) throw new ArchiveError('index.json is not an index');
  // The same manifest stands there once for each name.
  const images = new Map<string, ArchiveImage>();
  for (const descriptor of index.manifests) {
    const found = await resolve(members, descriptor, platform, 0);
    if (found === undefined) continue;
    const before = images.get(found.digest);
    const names = namesOf(descriptor);
    images.set(found.digest, {
      parts: before?.parts ?? found.parts,
      names: [...(before?.names ?? []), ...names],
    });
  }
  return [...images.values()];
}

/** Follows a descriptor to the one manifest for the platform; undefined where it is for others or for no container. */
async function resolve(
  members: Members,
  descriptor: Descriptor,
  platform: Platform,
  depth: number,
): Promise<{ digest: string; parts: ArchiveImage['parts'] } | undefined> {
  const { digest, mediaType } = descriptor;
  if (depth > MAX_DEPTH) throw new ArchiveError(`${digest}: indexes nested too deep`);
  members.blob(descriptor);
  const bytes = await members.document(blobPath(digest));
  const document = parseManifest(`manifest ${digest}`, bytes, mediaType);
  if (isIndexDocument(document)) {
    // An archive may carry some platforms of an index only.
    const here = document.manifests.filter((one) => members.find(blobPath(one.digest)) !== undefined);
    const chosen = choose(here, platform);
    return chosen === undefined ? undefined : resolve(members, chosen, platform, depth + 1);
  }
  const layers = document.layers.map((layer) => members.blob(layer));
  members.blob(document.config);
  const config = await members.document(blobPath(document.config.digest));
  return { digest, parts: { config, staged: distinct(layers), manifest: { bytes, mediaType: document.mediaType } } };
}

function namesOf({ annotations = {} }: Descriptor): ArchiveName[] {
  const full = annotations[CONTAINERD_NAME];
  const text = full ?? annotations[REF_NAME];
  return text === undefined || text === '' ? [] : [{ text, origin: full === undefined ? 'layout' : 'docker' }];
}
