import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { SqliteStateStore } from '../../../src/adapters/state/sqlite.ts';
import { MemoryStateStore } from '../../support/memory-state.ts';

function temporary(t: { after(f: () => void): void }): string {
  const dir = mkdtempSync(join(tmpdir(), 'selkie-state-'));
  t.after(() => rmSync(dir, { recursive: true }));
  return join(dir, 'state.db');
}

for (const kind of ['sqlite', 'memory'] as const) {
  const open = (t: { after(f: () => void): void }) =>
    kind === 'sqlite' ? new SqliteStateStore(temporary(t)) : new MemoryStateStore();

  test(`${kind}: documents come back as they were put, sorted by key`, (t) => {
    const store = open(t);
    const things = store.collection<{ n: number }>('things');
    things.put('b', { n: 2 });
    things.put('a', { n: 1 });
    things.put('b', { n: 3 });
    store.collection<string>('others').put('a', 'elsewhere');
    assert.deepEqual(things.entries(), [
      ['a', { n: 1 }],
      ['b', { n: 3 }],
    ]);
    things.delete('a');
    assert.equal(things.get('a'), undefined);
    store.close();
  });

  test(`${kind}: a transaction that throws leaves nothing, nested ones join`, (t) => {
    const store = open(t);
    const things = store.collection<number>('things');
    things.put('kept', 1);
    assert.throws(() =>
      store.transaction(() => {
        things.put('kept', 2);
        store.transaction(() => things.put('inner', 1));
        throw new Error('no');
      }),
    );
    assert.deepEqual(things.entries(), [['kept', 1]]);
    store.close();
  });
}

test('sqlite: what a put acknowledged survives kill -9', (t) => {
  const path = temporary(t);
  const module = new URL('../../../src/adapters/state/sqlite.ts', import.meta.url).href;
  const child = spawnSync(process.execPath, [
    '--input-type=module',
    '-e',
    `const { SqliteStateStore } = await import(${JSON.stringify(module)});
     const c = new SqliteStateStore(${JSON.stringify(path)}).collection('c');
     for (let i = 0; i < 100; i++) c.put(String(i), i);
     process.kill(process.pid, 'SIGKILL');`,
  ]);
  assert.equal(child.signal, 'SIGKILL');
  const store = new SqliteStateStore(path);
  assert.equal(store.collection('c').entries().length, 100);
  store.close();
});
