import type { LayerProgress } from '@selkie/engine/images/context';
import type { PullResult } from '@selkie/engine/images/pull';
import { type FullReference, familiar } from '@selkie/engine/images/reference';
import { decimalSize } from './decimal-size.ts';

const WORDS: Readonly<Record<LayerProgress['status'], string>> = {
  'pulling-fs-layer': 'Pulling fs layer',
  waiting: 'Waiting',
  downloading: 'Downloading',
  'download-complete': 'Download complete',
  extracting: 'Extracting',
  'pull-complete': 'Pull complete',
  'already-exists': 'Already exists',
};

/** The lines Docker's clients draw a pull from. */
export function beginLine({ path, tag, digest }: FullReference): object {
  return { status: `Pulling from ${path}`, id: tag ?? digest };
}

/** @param drawn with a bar for clients that do not draw themselves */
export function layerLine({ id, status, current, total }: LayerProgress, drawn: boolean): object {
  return {
    status: WORDS[status],
    progressDetail: current === undefined ? {} : { current, ...(total === undefined ? {} : { total }) },
    ...(!drawn || current === undefined || total === undefined ? {} : { progress: progressBar(current, total) }),
    id,
  };
}

export function closingLines({ digest, changed, reference, image }: PullResult): object[] {
  const name = familiar(reference);
  return [
    { status: `Digest: ${digest ?? image.manifestDigest}` },
    { status: changed ? `Status: Downloaded newer image for ${name}` : `Status: Image is up to date for ${name}` },
  ];
}

const WIDTH = 50;

/** What clients that do not draw show: `[====>     ]  1.5MB/3MB`. */
export function progressBar(current: number, total: number): string {
  const done = Math.min(WIDTH, Math.floor((current / Math.max(total, 1)) * WIDTH));
  return `[${'='.repeat(done)}>${' '.repeat(WIDTH - done)}]  ${decimalSize(current)}/${decimalSize(total)}`;
}
