import { SelkieError } from '@selkie/contract';
import { timestamp } from '../clock.ts';
import { addImage } from './add.ts';
import { assemble, bringingIn } from './assemble.ts';
import type { HistoryEntry, ImageConfig, ImageDocument } from './config.ts';
import type { Descriptor } from './content.ts';
import type { ImagesContext } from './context.ts';
import { defined } from './json.ts';
import { hostPlatform, type Platform } from './platform.ts';
import type { ImageRecord } from './record.ts';
import { formatReference, parseReference, withDefaultTag } from './reference.ts';
import type { ShortNames } from './short-names.ts';
import { writeImageDocument } from './write-config.ts';
import { layerType, type ManifestFormat } from './write-manifest.ts';

/** An image made here of a tar and, where there is one, of the image below it. */
export interface NewLayer {
  /** The uncompressed tar of the layer. */
  readonly tar: AsyncIterable<Uint8Array>;
  /** The image it stands on; its layers and history come first. */
  readonly base?: ImageRecord;
  readonly parent?: ImageRecord;
  readonly platform?: Platform;
  readonly config: ImageConfig;
  readonly step: Pick<HistoryEntry, 'createdBy' | 'comment' | 'author'>;
  readonly format: ManifestFormat;
  /** Name it gets; undefined: none. */
  readonly name?: string;
  readonly names: ShortNames;
  readonly signal: AbortSignal;
}

/** The uncompressed tar without members: no layer is kept for it. */
const EMPTY_TAR = 'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef';

/** The full name an image made here gets. @throws SelkieError INVALID_PARAMETER */
export function nameOfNew(name: string, names: ShortNames): string {
  const reference = withDefaultTag(parseReference(name));
  if (reference.digest !== undefined) {
    throw new SelkieError('INVALID_PARAMETER', { reason: 'refusing to create a tag with a digest reference' });
  }
  return formatReference(names.stored(reference));
}

/**
 * Makes an image. Its layer is stored as it comes, plain: it is compressed when it leaves.
 * @throws SelkieError INVALID_PARAMETER for a name that is none, BAD_LAYER; what the tar's source throws
 */
export async function addLayer(context: ImagesContext, made: NewLayer): Promise<ImageRecord> {
  const { base, format, signal } = made;
  const full = made.name === undefined ? [] : [nameOfNew(made.name, made.names)];
  await using staging = context.content.stage();
  const file = await staging.write(made.tar, signal);
  const empty = file.digest === EMPTY_TAR;
  const below = (base?.layers ?? []).map(
    ({ digest, mediaType, blobSize }): Descriptor => ({ digest, mediaType, size: blobSize }),
  );
  const added: Descriptor = { mediaType: layerType(format, 'none'), digest: file.digest, size: file.size };
  const config = writeImageDocument(documentOf(made, empty ? undefined : file.digest));
  const parts = {
    config,
    staged: empty ? [] : [file],
    manifest: { format, layers: empty ? below : [...below, added], ...(base && { annotations: base.annotations }) },
  };
  const image = await bringingIn(context, async (lease) => {
    const assembled = await assemble(context, parts, lease, signal);
    const parent = made.parent?.id;
    return addImage(context, { ...assembled, names: full, repoDigests: [], ...(parent !== undefined && { parent }) });
  });
  context.index.changed();
  return image;
}

function documentOf({ base, platform, config, step }: NewLayer, diffId: string | undefined): ImageDocument {
  const created = timestamp();
  const { os, architecture, variant } = platform ?? base ?? hostPlatform();
  const entry = defined({ created, ...step, emptyLayer: diffId === undefined ? true : undefined });
  return defined({
    created,
    author: step.author,
    comment: step.comment,
    os,
    architecture,
    variant,
    osVersion: base?.osVersion,
    config,
    diffIds: [...(base?.layers ?? []).map((layer) => layer.diffId), ...(diffId === undefined ? [] : [diffId])],
    history: [...(base?.history ?? []), entry],
  });
}
