import { requireImage } from './find.ts';
import { createdMillis, type ImageRecord } from './record.ts';
import {
  type FullReference,
  familiar,
  familiarName,
  formatReference,
  parseStored,
  repositoryName,
} from './reference.ts';
import type { ShortNames } from './short-names.ts';
import type { ImageStore } from './store.ts';

/** Each member given has to fit; of one with several values any, of labels all. */
export interface ImageFilters {
  /** Glob over names, short or full, with or without tag. */
  readonly reference?: readonly string[];
  readonly id?: readonly string[];
  readonly digest?: readonly string[];
  /** `key` or `key=value` */
  readonly label?: readonly string[];
  readonly labelNot?: readonly string[];
  /** Made before or after an image. */
  readonly before?: string;
  readonly since?: string;
  /** Made before a time, milliseconds since the epoch. */
  readonly until?: number;
  readonly dangling?: boolean;
  /** Whether containers use it. */
  readonly containers?: (image: ImageRecord) => boolean;
}

/** Images that fit, newest first. @throws SelkieError NO_SUCH_IMAGE, AMBIGUOUS_ID for the image of before and since */
export function list(store: ImageStore, filters: ImageFilters, names: ShortNames): ImageRecord[] {
  const tests = testsOf(store, filters, names);
  return store
    .all()
    .filter((image) => tests.every((test) => test(image)))
    .sort((a, b) => createdMillis(b) - createdMillis(a));
}

type Test = (image: ImageRecord) => boolean;

function testsOf(store: ImageStore, filters: ImageFilters, names: ShortNames): Test[] {
  const tests: Test[] = [];
  const { reference, id, digest, label = [], labelNot = [], before, since, until, dangling, containers } = filters;
  if (reference !== undefined) {
    const patterns = reference.map((pattern) => namePattern(pattern, names.anyRegistry));
    tests.push((image) => [...image.names, ...image.repoDigests].some((name) => patterns.some((p) => p(name))));
  }
  if (id !== undefined) {
    const prefixes = id.map((one) => (one.startsWith('sha256:') ? one : `sha256:${one}`));
    tests.push((image) => prefixes.some((prefix) => image.id.startsWith(prefix)));
  }
  if (digest !== undefined) {
    tests.push((image) =>
      digest.some((one) => image.manifestDigest.startsWith(one) || image.indexDigest?.startsWith(one) === true),
    );
  }
  for (const one of label) tests.push((image) => hasLabel(image, one));
  for (const one of labelNot) tests.push((image) => !hasLabel(image, one));
  if (before !== undefined) {
    const time = createdMillis(requireImage(store, before, names));
    tests.push((image) => createdMillis(image) < time);
  }
  if (since !== undefined) {
    const time = createdMillis(requireImage(store, since, names));
    tests.push((image) => createdMillis(image) > time);
  }
  if (until !== undefined) tests.push((image) => createdMillis(image) < until);
  if (dangling !== undefined) tests.push((image) => (image.names.length === 0) === dangling);
  if (containers !== undefined) tests.push(containers);
  return tests;
}

function hasLabel({ config: { labels = {} } }: ImageRecord, wanted: string): boolean {
  const equals = wanted.indexOf('=');
  const key = equals < 0 ? wanted : wanted.slice(0, equals);
  return Object.hasOwn(labels, key) && (equals < 0 || labels[key] === wanted.slice(equals + 1));
}

/**
 * Tests stored names against a glob, in each of the spellings a person may have in mind.
 * @param short whether a name's registry, and the path before its last component, may be left out
 */
export function namePattern(pattern: string, short = false): (name: string) => boolean {
  const regex = globRegExp(pattern);
  return (name) => {
    const reference = parseStored(name);
    const spellings = [name, repositoryName(reference), familiar(reference), familiarName(reference)];
    return [...spellings, ...(short ? shortSpellings(reference) : [])].some((spelling) => regex.test(spelling));
  };
}

function shortSpellings({ domain: _, path, ...suffix }: FullReference): string[] {
  const last = path.slice(path.lastIndexOf('/') + 1);
  return [path, last, formatReference({ path, ...suffix }), formatReference({ path: last, ...suffix })];
}

/** A shell glob in which `*` and `?` stop at a slash. One that is malformed matches only itself. */
function globRegExp(glob: string): RegExp {
  const source = glob.replace(/\[(\^?)((?:[^\]\\]|\\.)+)\]|\\(.)|[\s\S]/g, (token, negated, set, escaped) => {
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    if (set !== undefined) return `[${negated}${set.replace(/[[\]]/g, '\\$&')}]`;
    return RegExp.escape(escaped ?? token);
  });
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return new RegExp(`^${RegExp.escape(glob)}$`);
  }
}
