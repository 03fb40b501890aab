import { SelkieError } from '@selkie/contract';
import type { Descriptor } from './content.ts';
import { parseDigest } from './digest.ts';
import { defined, JsonObject } from './json.ts';
import { isIndex, isLayer, MANIFEST_TYPES, OCI_INDEX, OCI_MANIFEST } from './media-types.ts';

export interface Index {
  readonly mediaType: string;
  readonly manifests: readonly Descriptor[];
}

export interface Manifest {
  readonly mediaType: string;
  readonly config: Descriptor;
  /** From the base up. */
  readonly layers: readonly Descriptor[];
  readonly annotations: Readonly<Record<string, string>>;
}

/** A config is small; one that is not is refused before it is fetched. */
const CONFIG_LIMIT = 8 * 1024 * 1024;

/**
 * Parses a manifest or an index.
 * @param mediaType as the server or the descriptor named it; the document's own word comes first
 * @throws SelkieError REGISTRY for what is neither, or is malformed
 */
export function parseManifest(name: string, bytes: Uint8Array, mediaType: string): Index | Manifest {
  try {
    const document = new JsonObject(JSON.parse(Buffer.from(bytes).toString('utf8')), 'manifest');
    if (document.number('schemaVersion') === 1) throw new TypeError('schema version 1 is no longer supported');
    const kind = document.string('mediaType') ?? (mediaType !== '' ? mediaType : guess(document));
    if (!MANIFEST_TYPES.includes(kind)) throw new TypeError(`unsupported manifest type ${kind}`);
    // A document that reads as both means different things to different readers.
    if (document.raw('manifests') !== undefined && document.raw('layers') !== undefined) {
      throw new TypeError('it is a manifest and an index at once');
    }
    return isIndex(kind) ? indexOf(document, kind) : manifestOf(document, kind);
  } catch (cause) {
    if (cause instanceof SelkieError) throw cause;
    const reason = `${name}: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new SelkieError('REGISTRY', { reason }, { cause });
  }
}

/** Servers that send no type leave only the document's shape. */
function guess(document: JsonObject): string {
  return document.raw('manifests') === undefined ? OCI_MANIFEST : OCI_INDEX;
}

export function isIndexDocument(document: Index | Manifest): document is Index {
  return 'manifests' in document;
}

function indexOf(document: JsonObject, mediaType: string): Index {
  return { mediaType, manifests: document.required('manifests', document.objects('manifests')).map(descriptor) };
}

function manifestOf(document: JsonObject, mediaType: string): Manifest {
  const config = descriptor(document.required('config', document.object('config')));
  if (config.size > CONFIG_LIMIT) throw new TypeError(`its config of ${config.size} bytes is too large`);
  const layers = (document.objects('layers') ?? []).map(descriptor);
  const strange = layers.find((layer) => !isLayer(layer.mediaType));
  if (strange !== undefined) throw new TypeError(`unsupported layer type ${strange.mediaType}`);
  return { mediaType, config, layers, annotations: document.stringMap('annotations') ?? {} };
}

function descriptor(object: JsonObject): Descriptor {
  const digest = object.required('digest', object.string('digest'));
  const size = object.required('size', object.number('size'));
  if (parseDigest(digest) === undefined) throw new TypeError(`invalid digest ${digest}`);
  if (!Number.isSafeInteger(size) || size < 0) throw new TypeError(`invalid size ${size}`);
  const platform = object.object('platform');
  return defined({
    mediaType: object.string('mediaType') ?? '',
    digest,
    size,
    annotations: object.stringMap('annotations'),
    platform:
      platform === undefined
        ? undefined
        : defined({
            os: platform.string('os') ?? '',
            architecture: platform.string('architecture') ?? '',
            variant: platform.string('variant'),
            osVersion: platform.string('os.version'),
          }),
  });
}
