import type { ContainerRecord } from '@selkie/engine/containers/record';

/** Clients of this group know IDs without their algorithm. */
export function bareId(id = ''): string {
  return id.replace(/^sha256:/, '');
}

/** The image's full name where it has one. */
export function imageName({ image }: Pick<ContainerRecord, 'image'>): string {
  return image?.fullName ?? image?.name ?? '';
}
