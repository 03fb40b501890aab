import type { HistoryEntry } from './config.ts';
import type { ImageRecord } from './record.ts';

export interface HistoryStep extends HistoryEntry {
  /** The image as it was after this step, where it is here as an image of its own. */
  readonly image?: ImageRecord;
  /** Unpacked bytes of the step's layer. */
  readonly size: number;
}

/** How an image was made, latest step first. @param get an image by ID */
export function historyOf(image: ImageRecord, get: (id: string) => ImageRecord | undefined): HistoryStep[] {
  const layers = image.layers.values();
  const steps = image.history.map((entry) => ({
    ...entry,
    size: entry.emptyLayer ? 0 : (layers.next().value?.size ?? 0),
  }));
  let made: ImageRecord | undefined = image;
  return steps.reverse().map((step): HistoryStep => {
    const current = made;
    made = current?.parent === undefined ? undefined : get(current.parent);
    return { ...step, ...(current && { image: current }) };
  });
}
