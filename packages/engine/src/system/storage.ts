import { statfs } from 'node:fs/promises';

export interface StorageFacts {
  readonly driver: 'overlay';
  /** What the state root lies on, as Docker and podman name filesystems. */
  readonly filesystem: string;
  readonly total: number;
  readonly used: number;
}

/** Magic numbers of statfs(2). */
const FILESYSTEMS: ReadonlyMap<number, string> = new Map([
  [0xef53, 'extfs'],
  [0x58465342, 'xfs'],
  [0x9123683e, 'btrfs'],
  [0x2fc12fc1, 'zfs'],
  [0x01021994, 'tmpfs'],
  [0xf2f52010, 'f2fs'],
  [0x6969, 'nfs'],
  [0x794c7630, 'overlayfs'],
  [0xca451a4e, 'bcachefs'],
]);

export async function storageFacts(root: string): Promise<StorageFacts> {
  const { type, bsize, blocks, bfree } = await statfs(root);
  return {
    driver: 'overlay',
    filesystem: FILESYSTEMS.get(type) ?? '<unknown>',
    total: blocks * bsize,
    used: (blocks - bfree) * bsize,
  };
}
