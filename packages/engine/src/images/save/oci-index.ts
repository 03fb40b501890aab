import type { Descriptor } from '../content.ts';
import { OCI_INDEX } from '../media-types.ts';
import { parseStored } from '../reference.ts';

export const IMAGE_LAYOUT = '{"imageLayoutVersion":"1.0.0"}';

export function layoutIndex(manifests: readonly Descriptor[]): string {
  return JSON.stringify({ schemaVersion: 2, mediaType: OCI_INDEX, manifests });
}

/** A name as docker's and containerd's archives have it. */
export function nameAnnotations(name: string): Record<string, string> {
  return {
    'io.containerd.image.name': name,
    'org.opencontainers.image.ref.name': parseStored(name).tag ?? 'latest',
  };
}

/** A name as podman's archives have it. */
export function referenceAnnotation(name: string): Record<string, string> {
  return { 'org.opencontainers.image.ref.name': name };
}
