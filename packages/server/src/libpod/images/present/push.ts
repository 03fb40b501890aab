import { isSelkieError } from '@selkie/contract';
import type { ImagePushReport } from '@selkie/contract/libpod/types/images';
import { compareVersions } from '@selkie/contract/versions';
import type { PushProgress, PushResult } from '@selkie/engine/images/push';
import type { ImageRecord } from '@selkie/engine/images/record';
import { bareId } from '../../containers/present/image.ts';

/** The lines podman's client prints as they are. */
export function pushTexts({ id, status }: PushProgress): ImagePushReport[] {
  switch (status) {
    case 'preparing':
      return [{ stream: `Copying blob ${id}\n` }];
    case 'exists':
    case 'mounted':
      return [{ stream: `Copying blob ${id} skipped: already exists\n` }];
    default:
      return [];
  }
}

/** Clients of old take a line they do not know for a failure. */
export function finishedPush(image: ImageRecord, { digest }: PushResult, version: string): ImagePushReport[] {
  return [
    { stream: `Copying config ${bareId(image.id)}\n` },
    { stream: 'Writing manifest to image destination\n' },
    ...(compareVersions(version, '4.6.0') >= 0 ? [{ manifestdigest: digest }] : []),
  ];
}

/** A failure is the last line of a success: that is where podman's clients look for it. */
export function failedPush(error: unknown): ImagePushReport {
  if (!isSelkieError(error)) throw error;
  return { error: error.messageFor('libpod') };
}
