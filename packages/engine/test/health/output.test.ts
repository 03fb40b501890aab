import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CheckOutput } from '../../src/health/output.ts';
import { stdioOf } from '../support/stdio.ts';

async function textOf(...chunks: string[]): Promise<string> {
  const output = new CheckOutput(stdioOf(...chunks));
  await output.ended;
  return output.text;
}

test('both streams as they came', async () => {
  assert.equal(await textOf('one ', 'two\n'), 'one two\n');
  assert.equal(await textOf(), '');
});

test('what is too much is read and cut off', async () => {
  assert.equal(await textOf('x'.repeat(4096)), 'x'.repeat(4096));
  assert.equal(await textOf('x'.repeat(4000), 'y'.repeat(200), 'z'), `${'x'.repeat(4000)}${'y'.repeat(96)}...`);
});
