import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { ensureBindSources, requireBindSources } from '../../../src/containers/spec/bind-sources.ts';

const directory = mkdtempSync(join(tmpdir(), 'selkie-bind-'));
after(() => rmSync(directory, { recursive: true }));

const bind = (source: string, createSource: boolean) => ({
  type: 'bind' as const,
  source,
  target: '/t',
  readOnly: false,
  options: [],
  createSource,
});

test('a missing source is made where that was promised, and refused elsewhere', () => {
  const source = join(directory, 'a/b');
  assert.throws(() => ensureBindSources([bind(source, false)]), { code: 'INVALID_PARAMETER', message: /a\/b/ });
  requireBindSources([bind(source, true)]);
  assert.equal(statSync(source, { throwIfNoEntry: false }), undefined);
  ensureBindSources([bind(source, true)]);
  assert.ok(statSync(source).isDirectory());
  ensureBindSources([bind(source, false)]);
});
