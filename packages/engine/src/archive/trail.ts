import { fstatSync } from 'node:fs';
import { SystemCallError } from '@selkie/native';
import { type Place, place, reopen } from './place.ts';
import type { View } from './view.ts';

const ENOTDIR = 20;

/** The places from the root down to where a resolution is. */
export class Trail implements Disposable {
  readonly #view: View;
  readonly #places: Place[];
  /** The first of them are another trail's to close. */
  readonly #borrowed: readonly Place[];

  constructor(view: View, from?: Trail) {
    this.#view = view;
    this.#borrowed = from === undefined ? [] : [...from.#places];
    this.#places = from === undefined ? [view.root()] : [...from.#places];
  }

  get fd(): number {
    return this.#top.fd;
  }

  get path(): readonly string[] {
    return this.#top.path;
  }

  get #top(): Place {
    const top = this.#places.at(-1);
    if (top === undefined) throw new Error('nothing is held');
    return top;
  }

  down(name: string): void {
    this.#places.push(this.#view.child(this.#top, name));
  }

  /** The root's parent is the root. */
  up(): void {
    this.requireDirectory();
    if (this.#places.length > 1) this.drop();
  }

  drop(): void {
    this.#close(this.#places.pop());
  }

  requireDirectory(): void {
    if (!fstatSync(this.fd).isDirectory()) throw new SystemCallError('openat2', ENOTDIR, this.path.join('/'));
  }

  /** Back to the root. */
  clear(): void {
    for (const above of this.#places.splice(1)) this.#close(above);
  }

  /** Gives the last one away. */
  take(): Place {
    const top = this.#places.pop();
    if (top === undefined) throw new Error('nothing is held');
    return this.#borrowed.includes(top) ? place(reopen(top.fd), top.path) : top;
  }

  [Symbol.dispose](): void {
    for (const held of this.#places.splice(0)) this.#close(held);
  }

  #close(held: Place | undefined): void {
    if (held !== undefined && !this.#borrowed.includes(held)) held[Symbol.dispose]();
  }
}
