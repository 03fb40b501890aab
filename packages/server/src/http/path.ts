import { SelkieError } from '@selkie/contract';

/** A path template made ready for matching. */
export interface CompiledPath {
  readonly pattern: RegExp;
  /** One rank per segment: a literal before `{name}` before `{name:*}`. */
  readonly ranks: readonly number[];
  /** The decoded parameters of a path that matches. @throws SelkieError INVALID_PARAMETER */
  parameters(path: string): Readonly<Record<string, string>>;
}

const parameter = /^\{(\w+)(:\*)?\}$/;

/** Compiles `/images/{name:*}/json`. Matching is on the encoded path, so that an encoded slash stays inside its segment. */
export function compilePath(template: string): CompiledPath {
  const names: string[] = [];
  const ranks: number[] = [];
  const parts = template
    .split('/')
    .slice(1)
    .map((segment) => {
      const found = parameter.exec(segment);
      if (found?.[1] === undefined) {
        ranks.push(0);
        return segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      }
      names.push(found[1]);
      ranks.push(found[2] === undefined ? 1 : 2);
      return found[2] === undefined ? '([^/]+)' : '(.+)';
    });
  const pattern = new RegExp(`^/${parts.join('/')}$`);
  return {
    pattern,
    ranks,
    parameters(path) {
      const values = pattern.exec(path)?.slice(1) ?? [];
      return Object.fromEntries(names.map((name, i) => [name, decode(values[i] ?? '')]));
    },
  };
}

/** Orders paths so that the first match is the one that says most. */
export function compareSpecificity(a: CompiledPath, b: CompiledPath): number {
  for (let i = 0; i < Math.min(a.ranks.length, b.ranks.length); i++) {
    const difference = (a.ranks[i] ?? 0) - (b.ranks[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return b.ranks.length - a.ranks.length;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (cause) {
    throw new SelkieError('INVALID_PARAMETER', { reason: `bad percent-encoding in the path: ${value}` }, { cause });
  }
}
