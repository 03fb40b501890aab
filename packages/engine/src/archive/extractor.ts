import { closeSync, constants, ftruncateSync, lstatSync, type Stats, writeSync } from 'node:fs';
import {
  linkat,
  makedev,
  mkdirat,
  mknodat,
  openat2,
  RESOLVE_BENEATH,
  RESOLVE_NO_SYMLINKS,
  S_IFBLK,
  S_IFCHR,
  S_IFIFO,
  symlinkat,
  type Timestamp,
  unlinkat,
  utimensat,
} from '@selkie/native/path';
import { removeTree } from '@selkie/native/remove-tree';
import { applyToDirectory, applyToFile, applyToSpecial, type Owner } from './attributes.ts';
import { isCode, openChild, ParentDirectories } from './directories.ts';
import { printable, type TarEntry, toPath } from './entry.ts';
import { components, renamed } from './entry-path.ts';
import { ArchiveError } from './errors.ts';
import type { ExtractOptions } from './extract.ts';
import type { TarSink } from './tar-reader.ts';
import type { Tree } from './tree.ts';
import { isWhiteout, isWhiteoutDevice, markOpaque, placeWhiteout, xattrInLayer } from './whiteouts.ts';

/** Faults of the archive; anything else a system call says is the host's trouble. */
const FAULTS = 'ENAMETOOLONG ELOOP ENOTDIR EISDIR EINVAL ENOENT EEXIST EMLINK EXDEV E2BIG ERANGE EOVERFLOW'.split(' ');

/** Makes an archive's members below a directory, every one through descriptors that the kernel resolved inside it. */
export class Extractor implements TarSink, Disposable {
  /** Bytes of file data, each hard-linked file counted once. */
  size = 0;
  readonly #tree: Tree;
  readonly #options: ExtractOptions;
  readonly #parents: ParentDirectories;
  readonly #implicit = new Map<string, readonly string[]>([['', []]]);
  readonly #directoryTimes = new Map<string, Timestamp>();
  #rootTime: Timestamp | undefined;
  #entries = 0;
  #file: { fd: number; entry: TarEntry; end: number } | undefined;

  constructor(tree: Tree, options: ExtractOptions) {
    this.#tree = tree;
    this.#options = options;
    this.#parents = new ParentDirectories(
      tree,
      (path) => void this.#implicit.set(path.join('/'), path),
      (dirFd, name) => this.#clearWhiteout(dirFd, name),
    );
  }

  begin(entry: TarEntry): void {
    if (++this.#entries > this.#options.limits.maxEntries) throw new ArchiveError('the archive has too many members');
    if (entry.size > this.#options.limits.maxBytes)
      throw new ArchiveError(`${printable(entry.name)}: the file is too large`);
    this.#guard(entry, () => {
      const path = this.#components(entry.name);
      const name = path.pop();
      if (name === undefined) this.#root(entry);
      else this.#place(path, name, entry);
    });
  }

  data(chunk: Buffer, position: number): void {
    if (this.#file === undefined) return;
    for (let written = 0; written < chunk.length; ) {
      written += writeSync(this.#file.fd, chunk, written, chunk.length - written, position + written);
    }
    this.#file.end = position + chunk.length;
    this.size += chunk.length;
  }

  finish(): void {
    const file = this.#file;
    if (file === undefined) return;
    this.#file = undefined;
    try {
      this.#guard(file.entry, () => {
        if (file.end < file.entry.size) ftruncateSync(file.fd, file.entry.size);
        applyToFile(file.fd, file.entry, this.#owner(file.entry), this.#xattrName);
      });
    } finally {
      closeSync(file.fd);
    }
  }

  /** Sets the directories' times, once nothing more is made in them. */
  complete(): void {
    for (const [path, mtime] of this.#directoryTimes) {
      const parent = path.split('/');
      const name = parent.pop() ?? '';
      try {
        const dirFd = this.#tree.open(parent);
        try {
          // A later member may have taken the directory's place.
          if (statOf(dirFd, name)?.isDirectory()) utimensat(dirFd, toPath(name), mtime);
        } finally {
          closeSync(dirFd);
        }
      } catch (error) {
        if (!isCode(error, 'ENOENT', 'ENOTDIR', 'ELOOP')) throw error;
      }
    }
    if (this.#rootTime !== undefined) utimensat(this.#parents.open([]), '.', this.#rootTime);
  }

  /** Directories made without a member of their own; the root is the empty path. */
  get implicit(): (readonly string[])[] {
    return [...this.#implicit.values()];
  }

  [Symbol.dispose](): void {
    if (this.#file !== undefined) closeSync(this.#file.fd);
    this.#file = undefined;
    this.#parents[Symbol.dispose]();
  }

  #root(entry: TarEntry): void {
    if (entry.type !== 'directory') throw new ArchiveError(`${printable(entry.name)}: the root is not a directory`);
    if (!this.#options.rootAttributes) return;
    const fd = this.#tree.open([]);
    try {
      applyToDirectory(fd, entry, this.#owner(entry), this.#xattrName);
    } finally {
      closeSync(fd);
    }
    this.#implicit.delete('');
    this.#rootTime = entry.mtime;
  }

  #place(parent: string[], name: string, entry: TarEntry): void {
    const dirFd = this.#parents.open(parent);
    if (this.#options.whiteouts && isWhiteout(name)) {
      placeWhiteout(dirFd, name, entry);
      return;
    }
    switch (entry.type) {
      case 'directory':
        this.#directory(dirFd, name, entry);
        this.#describe([...parent, name].join('/'), entry);
        return;
      case 'file':
        this.#file = { fd: this.#create(dirFd, name, () => createFile(dirFd, name)), entry, end: 0 };
        return;
      case 'link':
        this.#link(parent, name, entry);
        return;
      case 'symlink':
        this.#create(dirFd, name, () => symlinkat(toPath(entry.linkName), dirFd, toPath(name)));
        break;
      default:
        if (!this.#options.devices && entry.type !== 'fifo') {
          throw new ArchiveError(`${printable(entry.name)}: devices must not be made here`);
        }
        this.#create(dirFd, name, () => makeNode(dirFd, name, entry));
    }
    applyToSpecial(dirFd, toPath(name), entry, this.#owner(entry), this.#xattrName);
  }

  #describe(path: string, { mtime }: TarEntry): void {
    this.#directoryTimes.set(path, mtime);
    this.#implicit.delete(path);
  }

  #directory(dirFd: number, name: string, entry: TarEntry): void {
    let replaced = false;
    let fd: number;
    try {
      mkdirat(dirFd, toPath(name), 0o700);
      fd = openChild(dirFd, name);
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
      fd = this.#existingDirectory(dirFd, name) ?? -1;
      if (fd === -1) {
        if (!this.#options.replaceOtherKinds) {
          throw new ArchiveError(`cannot overwrite non-directory ${printable(name)} with directory`);
        }
        this.#clear(dirFd, name);
        mkdirat(dirFd, toPath(name), 0o700);
        fd = openChild(dirFd, name);
        replaced = true;
      }
    }
    try {
      // In this layer the name was something else before, so nothing of a directory in a lower layer may show through.
      if (replaced && this.#options.whiteouts) markOpaque(fd);
      applyToDirectory(fd, entry, this.#owner(entry), this.#xattrName);
    } finally {
      closeSync(fd);
    }
  }

  #existingDirectory(dirFd: number, name: string): number | undefined {
    try {
      return this.#tree.openChild(dirFd, name);
    } catch (error) {
      if (isCode(error, 'ENOTDIR', 'ELOOP')) return undefined;
      throw error;
    }
  }

  #link(parent: readonly string[], name: string, entry: TarEntry): void {
    const target = this.#components(entry.linkName);
    const targetName = target.pop();
    if (targetName === undefined) throw new ArchiveError(`${printable(entry.name)}: a hard link to the root`);
    const targetFd = this.#tree.open(target);
    try {
      const dirFd = this.#parents.open(parent);
      const source = statOf(targetFd, targetName);
      if (source === undefined || source.isDirectory()) {
        throw new ArchiveError(`hard link to ${printable(entry.linkName)}, which is not a file of the archive`);
      }
      const existing = statOf(dirFd, name);
      if (existing?.ino === source.ino && existing.dev === source.dev) return;
      this.#create(dirFd, name, () => linkat(targetFd, toPath(targetName), dirFd, toPath(name)));
    } finally {
      closeSync(targetFd);
    }
  }

  /** Makes a name, in the place of one that is there already. */
  #create<R>(dirFd: number, name: string, make: () => R): R {
    try {
      return make();
    } catch (error) {
      if (!isCode(error, 'EEXIST')) throw error;
    }
    this.#clear(dirFd, name);
    return make();
  }

  #clear(dirFd: number, name: string): void {
    const existing = statOf(dirFd, name);
    if (existing === undefined) return;
    // Its removal would take the mount away from those who see it.
    if (this.#tree.covered(dirFd, name)) throw new ArchiveError(`${printable(name)}: device or resource busy`);
    this.#parents.invalidate();
    if (!this.#options.replaceOtherKinds && existing.isDirectory()) {
      throw new ArchiveError(`cannot overwrite directory ${printable(name)} with a non-directory`);
    }
    if (existing.isDirectory()) removeTree(dirFd, toPath(name));
    else unlinkat(dirFd, toPath(name));
  }

  /** A directory on the way may have been whited out by this very layer: it starts anew then, and hides the lower ones. */
  #clearWhiteout(dirFd: number, name: string): void {
    const existing = statOf(dirFd, name);
    if (!this.#options.whiteouts || existing === undefined || !isWhiteoutDevice(existing)) return;
    this.#parents.invalidate();
    unlinkat(dirFd, toPath(name));
    mkdirat(dirFd, toPath(name), 0o755);
    const fd = openChild(dirFd, name);
    try {
      markOpaque(fd);
    } finally {
      closeSync(fd);
    }
  }

  #components(name: string): string[] {
    const path = components(name, this.#options.limits);
    const { rename } = this.#options;
    return rename === undefined ? path : renamed(path, rename, this.#options.limits);
  }

  #owner(entry: TarEntry): Owner {
    return this.#options.owner ?? entry;
  }

  readonly #xattrName = (name: string): string => (this.#options.whiteouts ? xattrInLayer(name) : name);

  #guard(entry: TarEntry, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Error) || !isCode(error, ...FAULTS)) throw error;
      throw new ArchiveError(`${printable(entry.name)}: ${error.message}`, { cause: error });
    }
  }
}

function createFile(dirFd: number, name: string): number {
  return openat2(dirFd, toPath(name), {
    flags: constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
    mode: 0o600,
    resolve: RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS,
  });
}

function makeNode(dirFd: number, name: string, { type, major, minor }: TarEntry): void {
  // Twelve and twenty bits are what the kernel has for them.
  if (major < 0 || major > 0xfff || minor < 0 || minor > 0xfffff)
    throw new ArchiveError('a device number is out of range');
  const kind = type === 'fifo' ? S_IFIFO : type === 'block' ? S_IFBLK : S_IFCHR;
  mknodat(dirFd, toPath(name), kind | 0o600, type === 'fifo' ? 0n : makedev(major, minor));
}

/** lstat of one name in a directory. */
function statOf(dirFd: number, name: string): Stats | undefined {
  const path = Buffer.concat([Buffer.from(`/proc/self/fd/${dirFd}/`), Buffer.from(name, 'latin1')]);
  return lstatSync(path, { throwIfNoEntry: false });
}
