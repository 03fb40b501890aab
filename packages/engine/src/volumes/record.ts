export interface VolumeRecord {
  readonly name: string;
  readonly driver: 'local';
  readonly created: string;
  readonly labels: Readonly<Record<string, string>>;
  /** As the client gave them: `type`, `device`, `o`. */
  readonly options: Readonly<Record<string, string>>;
  /** What is mounted on it while a container uses it; undefined: it is a plain directory. */
  readonly mount?: VolumeMount;
  /** Made for a container that named none. */
  readonly anonymous: boolean;
  /** Where its content is on the host. */
  readonly path: string;
  /** Nothing has been put into it yet: the first container fills it with what its image has there. */
  readonly fresh: boolean;
  /** Owner it was given when made; undefined: root, or what its content is copied from. */
  readonly uid?: number;
  readonly gid?: number;
}

export interface VolumeMount {
  readonly type: 'bind' | 'tmpfs';
  /** What mount(8) would be told as device: a directory of the host, or any word. */
  readonly device: string;
  /** MS_ flags. */
  readonly flags: number;
  /** What the file system itself reads. */
  readonly data: string;
}
