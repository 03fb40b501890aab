import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faults, MAX_LINES, subjectOf } from './files.ts';
import { projectFiles, read, sourceFiles } from './source-files.ts';

test('sources keep the house rules', () => {
  const found = sourceFiles().flatMap((file) => faults(file, read(file)).map((fault) => `${file}:${fault}`));
  assert.deepEqual(found, []);
});

test('the house rules catch what they should', () => {
  const cases: readonly (readonly [source: string, fault: string])[] = [
    ['let a: any;', '1: any'],
    ['\nconst a = [] as any[];', '2: any'],
    ['// @ts-ignore\nlet a = 1;', '1: @ts-ignore'],
    ['\n/* TODO later */', '2: TODO'],
    ["test.only('x', () => {});", '1: test.only'],
    ['let a;\n'.repeat(MAX_LINES + 1), `${MAX_LINES + 1} lines, ${MAX_LINES} is the most`],
  ];
  for (const [source, fault] of cases) assert.deepEqual(faults('x.ts', source), [fault]);
  assert.deepEqual(faults('x.ts', "const company = 'any TODO'; // many\n"), []);
});

test('tests mirror the tree', () => {
  const files = projectFiles();
  const directories = new Set(files.map((file) => file.slice(0, file.lastIndexOf('/'))));
  const lost = files.filter((file) => {
    const subject = subjectOf(file);
    return subject !== undefined && !directories.has(subject);
  });
  assert.deepEqual(lost, []);
  assert.equal(subjectOf('packages/engine/test/images/pull.test.ts'), 'packages/engine/src/images');
  assert.equal(subjectOf('packages/contract/test/decode.test.ts'), 'packages/contract/src');
});

test('the lock file holds digests and no download addresses', () => {
  for (const lock of ['package-lock.json', 'scripts/setup/node/package-lock.json']) {
    const { packages }: { packages: Record<string, { resolved?: string; link?: boolean; integrity?: string }> } =
      JSON.parse(read(lock));
    for (const [path, entry] of Object.entries(packages)) {
      if (!path.includes('node_modules/') || entry.link === true) continue;
      assert.equal(entry.resolved, undefined, `${lock}: ${path}`);
      assert.match(entry.integrity ?? '', /^sha512-/, `${lock}: ${path}`);
    }
  }
});

test('the lock file serves x64 and arm64', () => {
  const { packages }: { packages: Record<string, unknown> } = JSON.parse(read('package-lock.json'));
  const byArchitecture = (cpu: string) =>
    Object.keys(packages)
      .filter((path) => path.includes(`linux-${cpu}`) && !path.endsWith('musl'))
      .map((path) => path.replace(cpu, '<cpu>').replace(/-gnu$/, ''))
      .sort();
  assert.notDeepEqual(byArchitecture('x64'), []);
  assert.deepEqual(byArchitecture('arm64'), byArchitecture('x64'));
});
