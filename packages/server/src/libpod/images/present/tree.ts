import type { ImageRecord } from '@selkie/engine/images/record';
import { decimalSize } from '../../../present/decimal-size.ts';
import { bareId } from '../../containers/present/image.ts';

/** A layer and what lies on it. */
interface Node {
  readonly text: string;
  readonly children: readonly Node[];
}

/** Draws an image's layers one below the other, the base first. */
export function layersTree(image: ImageRecord): string {
  const nodes = image.layers.map(({ diffId, size }, i) => {
    const isTop = i === image.layers.length - 1;
    return leaf(`ID: ${short(diffId)} Size: ${decimalSize(size).padStart(7)}${isTop ? topOf(image.names) : ''}`);
  });
  return head(image) + draw(nodes, '');
}

/** Draws an image's base layer with everything of any image that builds on it. */
export function dependentsTree(image: ImageRecord, all: readonly ImageRecord[]): string {
  const [base] = image.layers;
  return head(image) + draw(base === undefined ? [] : [grow(base.chainId, 0, all)], '');
}

function grow(chainId: string, depth: number, all: readonly ImageRecord[]): Node {
  const owners = all.filter(({ layers }) => layers[depth]?.chainId === chainId);
  const layer = owners[0]?.layers[depth];
  const tops = owners.filter(({ layers }) => layers.length === depth + 1).flatMap(({ names }) => names);
  const above = new Set(owners.flatMap(({ layers }) => layers[depth + 1]?.chainId ?? []));
  return {
    text: `ID: ${short(layer?.diffId ?? '')} Size: ${decimalSize(layer?.size ?? 0).padStart(7)}${topOf(tops)}`,
    children: [...above].map((next) => grow(next, depth + 1, all)),
  };
}

function head({ id, names, size }: ImageRecord): string {
  return `Image ID: ${bareId(id).slice(0, 12)}\nTags:     [${names.join(' ')}]\nSize:     ${decimalSize(size)}\nImage Layers\n`;
}

function draw(nodes: readonly Node[], indent: string): string {
  return nodes
    .map(({ text, children }, i) => {
      const [branch, rest] = i === nodes.length - 1 ? ['└── ', '    '] : ['├── ', '│   '];
      return `${indent}${branch}${text}\n${draw(children, indent + rest)}`;
    })
    .join('');
}

function leaf(text: string): Node {
  return { text, children: [] };
}

function topOf(names: readonly string[]): string {
  return names.length === 0 ? '' : ` Top Layer of: [${names.join(' ')}]`;
}

function short(digest: string): string {
  return bareId(digest).slice(0, 12);
}
