import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exchangeLines } from '../../src/containers/refresh-files.ts';

test('lines that go are taken out, lines that come are put at the end, and the others stay', () => {
  const before = '127.0.0.1\tlocalhost\n10.0.0.2\tc\n';
  const after = '127.0.0.1\tlocalhost\n10.1.0.2\tc\n';
  assert.equal(exchangeLines(before, before, after), after);
  const edited = '# mine\n127.0.0.1\tlocalhost\n10.0.0.2\tc\n192.0.2.1 other\n';
  assert.equal(exchangeLines(edited, before, after), '# mine\n127.0.0.1\tlocalhost\n192.0.2.1 other\n10.1.0.2\tc\n');
  assert.equal(exchangeLines('no newline at its end', before, after), 'no newline at its end\n10.1.0.2\tc\n');
  assert.equal(exchangeLines(edited, before, before), edited);
});
