import type { LayerProgress } from '@selkie/engine/images/context';
import { layerLine } from './pull-lines.ts';

/** What Docker's clients show of a layer that is loaded. */
export function loadLine(progress: LayerProgress): object[] {
  const { status, current, total } = progress;
  if (status !== 'extracting' || current === undefined || total === undefined) return [];
  return [{ ...layerLine(progress, true), status: 'Loading layer' }];
}
