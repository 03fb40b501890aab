export interface VolumeRecord {
  readonly name: string;
  readonly driver: 'local';
  readonly created: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
  /** Made for a container that named none. */
  readonly anonymous: boolean;
  /** Where its content is on the host. */
  readonly path: string;
  /** Nothing has been put into it yet: the first container fills it with what its image has there. */
  readonly fresh: boolean;
}
