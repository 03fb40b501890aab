import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preferredType } from '../../src/http/accept.ts';

test('the best of what is offered wins, then the first named', () => {
  const offered = ['application/jsonl', 'application/x-ndjson'];
  assert.equal(preferredType('application/x-ndjson;q=0.9, application/jsonl', offered), 'application/jsonl');
  assert.equal(preferredType('application/x-ndjson, application/jsonl', offered), 'application/x-ndjson');
  assert.equal(preferredType('APPLICATION/JSONL ; q=0.1, text/html', offered), 'application/jsonl');
});

test('what is not named, refused or only a wildcard is not chosen', () => {
  for (const accept of [undefined, '', '*/*', 'application/*', 'application/jsonl;q=0', 'application/jsonl;q=x']) {
    assert.equal(preferredType(accept, ['application/jsonl']), undefined);
  }
});
