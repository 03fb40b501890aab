import { parseSync, Visitor } from 'oxc-parser';

export const MAX_LINES = 500;

/** Says what in a TypeScript source is against the house rules, as `line: reason`. */
export function faults(file: string, source: string): string[] {
  const { program, comments } = parseSync(file, source);
  const found: { at: number; reason: string }[] = [];
  new Visitor({
    TSAnyKeyword: (node) => void found.push({ at: node.start, reason: 'any' }),
    MemberExpression: (node) => {
      const { object, property } = node;
      const tested = object.type === 'Identifier' && ['test', 'it', 'describe', 'suite'].includes(object.name);
      if (tested && property.type === 'Identifier' && ['only', 'todo'].includes(property.name)) {
        found.push({ at: node.start, reason: `test.${property.name}` });
      }
    },
  }).visit(program);
  for (const { value, start } of comments) {
    const [word] = /@ts-(?:ignore|nocheck|expect-error)|\b(?:TODO|FIXME|XXX|HACK)\b/.exec(value) ?? [];
    if (word !== undefined) found.push({ at: start, reason: word });
  }
  const faults = found.map(({ at, reason }) => `${source.slice(0, at).split('\n').length}: ${reason}`);
  const lines = source.trimEnd().split('\n').length;
  return lines > MAX_LINES ? [...faults, `${lines} lines, ${MAX_LINES} is the most`] : faults;
}

/**
 * The source directory a test file is about, or nothing for a file that is no package's test: `packages/engine/src/images` for
 * `packages/engine/test/images/pull.test.ts`. A test named like a file there is about that file, one with a name of its own about how
 * several of them work together.
 */
export function subjectOf(test: string): string | undefined {
  const [, home, path = ''] = /^(packages\/[^/]+)\/test(\/.+)?\/[^/]+\.test\.ts$/.exec(test) ?? [];
  return home === undefined ? undefined : `${home}/src${path}`;
}
