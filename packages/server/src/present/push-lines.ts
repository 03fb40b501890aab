import type { PushProgress, PushResult } from '@selkie/engine/images/push';
import { type FullReference, repositoryName } from '@selkie/engine/images/reference';
import { progressBar } from './pull-lines.ts';

const WORDS: Readonly<Record<PushProgress['status'], string>> = {
  preparing: 'Preparing',
  waiting: 'Waiting',
  pushing: 'Pushing',
  exists: 'Layer already exists',
  mounted: 'Mounted',
  uploaded: 'Pushed',
};

/** The lines Docker's clients draw a push from. */
export function beginPushLine(reference: FullReference): object {
  return { status: `The push refers to repository [${repositoryName(reference)}]` };
}

/** @param drawn with a bar for clients that do not draw themselves */
export function pushLine({ id, status, current, total, from }: PushProgress, drawn: boolean): object {
  const counted = current !== undefined && total !== undefined;
  return {
    status: from === undefined ? WORDS[status] : `${WORDS[status]} from ${from}`,
    progressDetail: counted ? { current, total } : {},
    ...(drawn && counted ? { progress: progressBar(current, total) } : {}),
    id,
  };
}

export function closingPushLines({ reference, digest, size }: PushResult): object[] {
  const { tag = 'latest' } = reference;
  return [
    { status: `${tag}: digest: ${digest} size: ${size}` },
    { progressDetail: {}, aux: { Tag: tag, Digest: digest, Size: size } },
  ];
}
