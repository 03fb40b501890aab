import type { Identity, ImageManifestSummary } from '@selkie/contract/docker/types/image-inspect';
import type { DescribedPlatform, Descriptor } from '@selkie/engine/images/content';
import type { ImageRecord } from '@selkie/engine/images/record';
import { repositories } from './names.ts';

/** How builders mark a manifest that says something of another one. */
const ATTESTATION_KIND = 'vnd.docker.reference.type';
const ATTESTATION_OF = 'vnd.docker.reference.digest';

export interface ManifestFacts {
  readonly containerIds: readonly string[];
  readonly identity: boolean;
}

/** Every manifest an image was offered as; the one that is here with what is known of it. */
export function presentManifests(
  image: ImageRecord,
  variants: readonly Descriptor[],
  facts: ManifestFacts,
): ImageManifestSummary[] {
  return variants.map((manifest) => presentManifest(image, manifest, facts));
}

function presentManifest(
  image: ImageRecord,
  manifest: Descriptor,
  { containerIds, identity }: ManifestFacts,
): ImageManifestSummary {
  const { digest, mediaType, size, platform, annotations = {} } = manifest;
  const here = digest === image.manifestDigest;
  const attests = annotations[ATTESTATION_KIND] === 'attestation-manifest';
  const blobs = image.manifestSize + image.configSize + image.layers.reduce((sum, layer) => sum + layer.blobSize, 0);
  const [content, unpacked] = here ? [blobs, image.size] : [0, 0];
  return {
    ID: digest,
    Descriptor: {
      mediaType,
      digest,
      size,
      ...(Object.keys(annotations).length > 0 ? { annotations: { ...annotations } } : {}),
      ...(platform ? { platform: presentPlatform(platform) } : {}),
    },
    Available: here,
    Size: { Total: content + unpacked, Content: content },
    Kind: attests ? 'attestation' : 'image',
    ...(attests
      ? { AttestationData: { For: annotations[ATTESTATION_OF] ?? '' } }
      : {
          ImageData: {
            Platform: presentPlatform(here ? image : (platform ?? image)),
            ...(identity && here ? { Identity: presentIdentity(image) } : {}),
            Containers: here ? [...containerIds] : [],
            Size: { Unpacked: unpacked },
          },
        }),
  };
}

/** Where an image came from, as far as that is known: the repositories it was pulled from. */
export function presentIdentity(image: ImageRecord): Identity {
  const pulled = repositories(image).map((Repository) => ({ Repository }));
  return pulled.length > 0 ? { Pull: pulled } : {};
}

function presentPlatform({ os, architecture, variant, osVersion }: DescribedPlatform) {
  return { architecture, os, ...(variant ? { variant } : {}), ...(osVersion ? { 'os.version': osVersion } : {}) };
}
