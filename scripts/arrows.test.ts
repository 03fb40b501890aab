import assert from 'node:assert/strict';
import { test } from 'node:test';
import { violation } from './arrows.ts';
import { importsOf } from './imports.ts';
import { read, sourceFiles } from './source-files.ts';

test('every import points down', () => {
  const wrong = sourceFiles().flatMap((file) => {
    const declared = dependencies(file);
    return importsOf(file, read(file)).flatMap((specifier) => {
      const reason = violation(file, specifier, declared);
      return reason === undefined ? [] : [`${file} imports ${specifier}: ${reason}`];
    });
  });
  assert.deepEqual(wrong, []);
});

test('the arrows forbid what they should', () => {
  const none = new Set<string>();
  const ours = new Set(['@selkie/contract', '@selkie/engine', '@selkie/native', '@selkie/bindings', '@selkie/server']);
  const forbidden: readonly (readonly [file: string, specifier: string])[] = [
    ['packages/contract/src/a.ts', '@selkie/engine'],
    ['packages/engine/src/a.ts', '@selkie/server/http/router'],
    ['packages/bindings/src/a.ts', '@selkie/native'],
    ['packages/cli/src/a.ts', '@selkie/engine/images/pull'],
    ['packages/cli/test/a.test.ts', '@selkie/server'],
    ['packages/server/src/a.ts', '../../engine/src/index.ts'],
    ['packages/server/src/a.ts', '../test/support/x.ts'],
    ['packages/cli/test/a.test.ts', '../../server/test/support/x.ts'],
    ['packages/server/src/a.ts', '../../engine/test/support/x.ts'],
    ['packages/server/test/a.test.ts', '../../engine/test/images/x.ts'],
    ['packages/engine/src/deep/a.ts', '@selkie/engine'],
    ['conformance/a.test.ts', '../packages/engine/src/index.ts'],
  ];
  for (const [file, specifier] of forbidden) assert.ok(violation(file, specifier, ours), `${file} → ${specifier}`);
  assert.ok(violation('packages/engine/src/a.ts', 'left-pad', none), 'an undeclared dependency');
  assert.equal(violation('packages/server/src/a.ts', '@selkie/engine', ours), undefined);
  assert.equal(violation('packages/server/test/a.test.ts', '../../engine/test/support/x.ts', none), undefined);
  assert.equal(violation('packages/cli/test/a.test.ts', '../../../conformance/support/service.ts', none), undefined);
});

test('every way to import is seen', () => {
  const source = `import a from '1'; import type { B } from '2'; export * from '3'; export type { C } from '4';
    type D = import('5').D; const e = await import('6'); import '7'; // import '8'
    const f = "import '9'";`;
  assert.deepEqual(importsOf('x.ts', source).sort(), ['1', '2', '3', '4', '5', '6', '7']);
  assert.throws(() => importsOf('x.ts', 'await import(name)'), /computed/);
});

function dependencies(file: string): ReadonlySet<string> {
  const [home] = /^packages\/[^/]+/.exec(file) ?? [];
  if (home === undefined) return new Set();
  const manifest: Record<string, unknown> = JSON.parse(read(`${home}/package.json`));
  const inTests = file.startsWith(`${home}/test/`);
  const groups = ['dependencies', ...(inTests ? ['devDependencies'] : [])].map((group) => manifest[group] ?? {});
  return new Set(groups.flatMap((group) => Object.keys(group)));
}
