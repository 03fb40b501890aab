import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { SqliteStateStore } from '../../src/adapters/state/sqlite.ts';
import { image, layer } from '../support/fixture-images.ts';
import { hostileRegistry } from '../support/hostile-registry.ts';
import { bench } from '../support/images.ts';

const CHILD = `
  const { SqliteStateStore } = await import(process.env.SQLITE);
  const { bench } = await import(process.env.BENCH);
  const { ROOT: root, NAME: name } = process.env;
  await bench({ root, state: new SqliteStateStore(root + '/state.db') }).pull(name);
`;

test('kill -9 in a pull: nothing is listed, and the next pull goes on where it was', async (t) => {
  await using registry = await hostileRegistry();
  const root = mkdtempSync(join(tmpdir(), 'selkie-killed-'));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  const [small, large] = [await layer({ a: '1' }), await layer({ random: randomBytes(8_000_000) })];
  const served = image({ layers: [small, large] });
  registry.serve('app', 'v1', served);
  const name = `${registry.host}/app:v1`;
  const half = Promise.withResolvers<void>();
  const { intercept } = registry;
  registry.intercept = (request, response) => {
    if (!request.url?.endsWith(large.digest)) return false;
    response.writeHead(200, { 'content-length': large.blob.length });
    response.write(large.blob.subarray(0, 5_000_000), () => setTimeout(half.resolve, 300));
    return true;
  };
  const env = {
    ...process.env,
    ROOT: root,
    NAME: name,
    SQLITE: new URL('../../src/adapters/state/sqlite.ts', import.meta.url).href,
    BENCH: new URL('../support/images.ts', import.meta.url).href,
  };
  const child = spawn(process.execPath, ['--input-type=module', '-e', CHILD], { env, stdio: 'inherit' });
  const exited = once(child, 'exit');
  await half.promise;
  child.kill('SIGKILL');
  assert.deepEqual(await exited, [null, 'SIGKILL']);

  registry.intercept = intercept;
  registry.requests.length = 0;
  await using engine = bench({ root, state: new SqliteStateStore(join(root, 'state.db')) });
  assert.equal(engine.images.count, 0);
  await engine.images.recover(new Set());
  await engine.pull(name);
  const asked = (digest: string) => registry.requests.find(({ line }) => line.endsWith(digest));
  assert.equal(asked(small.digest), undefined, 'a finished blob is not fetched again');
  assert.equal(asked(served.configDigest), undefined);
  const resumedAt = Number(/\d+/.exec(asked(large.digest)?.range ?? '')?.[0]);
  assert.ok(resumedAt > 1_000_000 && resumedAt <= 5_000_000, `resumed at ${resumedAt}`);
  assert.equal(engine.images.find(name).id, served.configDigest);
});
