import assert from 'node:assert/strict';
import { test } from 'node:test';
import { libpod } from '@selkie/contract';
import { generateBindings } from './generate-bindings.ts';
import { read } from './source-files.ts';

test('the bindings are what the contract says', () => {
  for (const [file, text] of Object.entries(generateBindings())) {
    assert.equal(read(file), text, `${file} is out of date: node scripts/generate-bindings.ts`);
  }
});

test('every row has one method', () => {
  const [rows = ''] = Object.values(generateBindings());
  assert.equal(rows.match(/^ {4}\w+: \{/gm)?.length, libpod.operations.length);
});
