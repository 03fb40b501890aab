import type { BlockWriter } from './block-writer.ts';
import { type ChangedLayer, walkChanges } from './changes.ts';
import { END_OF_ARCHIVE, encodeEntry, PLAIN, padding } from './tar-writer.ts';
import { describeNode, namesIn, openNode, type TreeNode } from './tree-entry.ts';

/** Writes a tar of everything below a directory; other filesystems mounted there are not entered. */
export function packTree(rootFd: number, out: BlockWriter): void {
  const packer = new Packer(out);
  const walk = (dirFd: number, prefix: string): void => {
    for (const name of namesIn(dirFd)) {
      using node = openNode(dirFd, name);
      if (node === undefined) continue;
      packer.add(node, prefix + name);
      if (node.stats.isDirectory()) walk(node.fd, `${prefix}${name}/`);
    }
  };
  walk(rootFd, '');
  packer.end();
}

/** Writes what a container changed as a layer: removals become whiteouts as the image specification has them. */
export function packLayer(layer: ChangedLayer, out: BlockWriter): void {
  const packer = new Packer(out);
  walkChanges(layer, ({ path, kind, implied }, node) => {
    if (kind !== 'deleted') packer.add(node, path);
    else if (!implied) packer.mark(whiteout(path));
    if (node?.opaque) packer.mark(`${path}/.wh..wh..opq`);
  });
  packer.end();
}

function whiteout(path: string): string {
  const slash = path.lastIndexOf('/') + 1;
  return `${path.slice(0, slash)}.wh.${path.slice(slash)}`;
}

class Packer {
  readonly #out: BlockWriter;
  /** First name of each file that has several. */
  readonly #links = new Map<string, string>();

  constructor(out: BlockWriter) {
    this.#out = out;
  }

  add(node: TreeNode | undefined, path: string): void {
    const entry = node && describeNode(node, path);
    if (node === undefined || entry === undefined) return;
    const { dev, ino, nlink } = node.stats;
    if (nlink > 1 && entry.type !== 'directory') {
      const first = this.#links.get(`${dev}:${ino}`);
      if (first !== undefined) {
        this.#out.write(encodeEntry({ ...entry, type: 'link', linkName: first, size: 0, xattrs: [] }));
        return;
      }
      this.#links.set(`${dev}:${ino}`, path);
    }
    this.#out.write(encodeEntry(entry));
    if (entry.type !== 'file') return;
    this.#out.writeFile(node.fd, entry.size);
    this.#out.write(padding(entry.size));
  }

  /** An empty file whose name says everything. */
  mark(name: string): void {
    this.#out.write(encodeEntry({ ...PLAIN, name }));
  }

  end(): void {
    this.#out.write(END_OF_ARCHIVE);
    this.#out.flush();
  }
}
