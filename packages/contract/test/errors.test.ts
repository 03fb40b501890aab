import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ERRORS, isSelkieError, SelkieError } from '../src/errors.ts';

describe('an error of the table', () => {
  const error = new SelkieError('NO_SUCH_CONTAINER', { name: 'web' });

  it('is worded for each dialect', () => {
    assert.equal(error.messageFor('docker'), 'No such container: web');
    assert.equal(error.messageFor('libpod'), 'no container with name or ID "web" found: no such container');
    assert.equal(error.causeText, 'no such container');
    assert.equal(error.status, 404);
  });

  it("falls back on Docker's words", () => {
    const gone = new SelkieError('GONE', { reason: 'left' });
    assert.equal(gone.messageFor('libpod'), 'left');
    assert.equal(gone.causeText, 'left');
  });

  it('puts details in as they are, not as patterns', () => {
    const name = '$&{name}$1';
    assert.equal(new SelkieError('NO_SUCH_CONTAINER', { name }).message, `No such container: ${name}`);
  });

  it('is told from others by class and code', () => {
    assert.ok(isSelkieError(error));
    assert.ok(isSelkieError(error, 'NO_SUCH_CONTAINER'));
    assert.ok(!isSelkieError(error, 'GONE'));
    assert.ok(!isSelkieError(new Error('x')));
  });

  it('keeps its cause', () => {
    const cause = new Error('inner');
    assert.equal(new SelkieError('INTERNAL', { reason: 'outer' }, { cause }).cause, cause);
  });

  it('has an HTTP status in every row', () => {
    for (const [code, { status }] of Object.entries(ERRORS)) {
      assert.ok(status === 304 || (status >= 400 && status < 600), `${code}: ${status}`);
    }
  });
});
