export type EventType = 'container' | 'image' | 'network' | 'volume' | 'pod' | 'system' | 'secret';

/** Something that happened, in the engine's vocabulary; each dialect renames (`remove` is Docker's `destroy`, `died` its `die`). */
export interface EngineEvent {
  /** Rises by one per event, never reused. */
  readonly sequence: number;
  /** Nanoseconds since the epoch. */
  readonly time: bigint;
  readonly type: EventType;
  readonly action: string;
  readonly id: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}
