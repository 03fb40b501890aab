import { posix } from 'node:path';

/** Which of our packages each may import. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  contract: [],
  native: [],
  engine: ['contract', 'native'],
  server: ['contract', 'engine', 'native'],
  bindings: ['contract'],
  cli: ['bindings', 'contract'],
};

/** Shared by the tests of every package: they start the service as a process and import none of it. */
const TEST_SUPPORT = 'conformance/support/';

const SCOPE = '@selkie/';

/**
 * Says why `file` may not import `specifier`, or nothing where it may.
 * @param declared what the importing package's package.json lists
 */
export function violation(file: string, specifier: string, declared: ReadonlySet<string>): string | undefined {
  const [, own, room] = /^packages\/([^/]+)\/([^/]+)\//.exec(file) ?? [];
  if (own === undefined) return outside(file, specifier);
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier);
    if (target.startsWith(`packages/${own}/`)) {
      const shipped = target.startsWith(`packages/${own}/src/`) || target === `packages/${own}/package.json`;
      return room === 'src' && !shipped ? 'src imports from outside src' : undefined;
    }
    return room === 'test' && isFixture(own, target) ? undefined : 'reaches into another package by path';
  }
  if (specifier.startsWith(SCOPE)) {
    const other = specifier.slice(SCOPE.length).split('/')[0] ?? '';
    if (other === own) return room === 'test' ? undefined : 'imports its own package by name';
    if (!ARROWS[own]?.includes(other)) return `${own} must not import ${other}`;
  }
  if (specifier.startsWith('node:')) return undefined;
  return declared.has(packageName(specifier)) ? undefined : 'not among the dependencies in package.json';
}

/** What tests may share: the harness, and the fixtures of a package that theirs may import. */
function isFixture(own: string, target: string): boolean {
  const [, other] = /^packages\/([^/]+)\/test\/support\//.exec(target) ?? [];
  return target.startsWith(TEST_SUPPORT) || (other !== undefined && ARROWS[own]?.includes(other) === true);
}

/** Outside the packages (scripts, conformance, bench): public entries only, except for the fixtures tests share. */
function outside(file: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  const target = posix.join(posix.dirname(file), specifier);
  if (!target.startsWith('packages/')) return undefined;
  return /^packages\/[^/]+\/test\/support\//.test(target) ? undefined : 'reaches into a package by path';
}

function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}
