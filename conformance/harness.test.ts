import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertContract } from './support/contract.ts';
import { Daemon } from './support/daemon.ts';
import { Answer, member } from './support/http.ts';
import { startRegistry } from './support/registry.ts';

function answer(status: number, body: unknown): Answer {
  return new Answer(status, {}, Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));
}

test('an answer that is not as its row describes fails the test', () => {
  const wrong: readonly (readonly [method: string, path: string, answer: Answer])[] = [
    ['POST', '/v1.45/containers/create', answer(200, { Id: 'x', Warnings: [] })],
    ['POST', '/v1.45/containers/create', answer(201, { Id: 1, Warnings: [] })],
    ['POST', '/v1.45/containers/create', answer(201, { Id: 'x' })],
    ['POST', '/v1.45/containers/create', answer(418, { message: 'teapot' })],
    ['GET', '/v1.45/containers/x/json', answer(404, { cause: 'no message' })],
    ['GET', '/v5.0.0/libpod/containers/x/json', answer(404, { message: 'no cause', response: 404 })],
    ['GET', '/v5.0.0/libpod/containers/x/json', answer(404, { message: 'm', cause: 'c', response: 500 })],
    ['GET', '/v1.45/unheard-of', answer(200, {})],
  ];
  for (const [method, path, given] of wrong) {
    assert.throws(() => assertContract(method, path, given), assert.AssertionError, `${method} ${path} ${given.text}`);
  }
});

test('an answer as its row describes passes', () => {
  assertContract('POST', '/v1.45/containers/create?name=a', answer(201, { Id: 'x', Warnings: [] }));
  assertContract('GET', '/v1.45/containers/x/json', answer(404, { message: 'No such container: x' }));
  assertContract('GET', '/v5.0.0/libpod/containers/x/json', answer(404, { message: 'm', cause: 'c', response: 404 }));
  assertContract('GET', '/v1.45/unheard-of', answer(404, { message: 'page not found' }));
});

test('members are reached however deep', () => {
  const value = { a: [{ b: null }, { b: 'x' }] };
  assert.equal(member(value, 'a', 1, 'b'), 'x');
  assert.equal(member(value, 'a', 0, 'b', 'c'), undefined);
  assert.throws(() => answer(200, value).string('a', 0, 'b'), /a\.0\.b is no string/);
});

test('a daemon that ends before it is ready says why', async () => {
  const daemon = new Daemon(process.execPath, ['-e', 'console.error("no such option"); process.exit(1)']);
  await assert.rejects(
    daemon.ready(() => undefined),
    /no such option/,
  );
});

test('a daemon that ignores SIGTERM fails the test', async () => {
  const daemon = new Daemon(process.execPath, [
    '-e',
    'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)',
  ]);
  await daemon.ready(() => daemon.log.includes('up') || undefined);
  await assert.rejects(daemon.end('SIGTERM', 200), /did not stop/);
  assert.equal(daemon.running, false);
});

test('the registry answers on a port of its own', async () => {
  await using registry = await startRegistry();
  const { status } = await fetch(`${registry.origin}/v2/`);
  assert.equal(status, 200);
});
