import { isSelkieError } from '@selkie/contract';
import type { Filters } from '../filters/filters.ts';
import type { VolumeContext } from './context.ts';
import { prunable } from './filters.ts';
import type { VolumeRecord } from './record.ts';
import { remove } from './remove.ts';
import { directorySize } from './size.ts';

export interface PrunedVolume {
  readonly volume: VolumeRecord;
  /** Bytes its files took; 0 for one whose files are elsewhere. */
  readonly size: number;
}

/** Removes volumes no container has. @throws SelkieError INVALID_FILTER, INVALID_PARAMETER; the signal's reason on abort */
export async function prune(ctx: VolumeContext, filters: Filters, signal: AbortSignal): Promise<PrunedVolume[]> {
  const removed: PrunedVolume[] = [];
  for (const { name, path, mount } of prunable(ctx, filters)) {
    signal.throwIfAborted();
    try {
      const size = mount ? 0 : await directorySize(path, signal);
      removed.push({ volume: await remove(ctx, name), size });
    } catch (error) {
      // Taken or removed by another request meanwhile.
      if (!isSelkieError(error, 'VOLUME_IN_USE') && !isSelkieError(error, 'NO_SUCH_VOLUME')) throw error;
    }
  }
  ctx.emit('volume', 'prune', '', '', { reclaimed: String(removed.reduce((sum, { size }) => sum + size, 0)) });
  return removed;
}
