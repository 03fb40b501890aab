import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Challenge, parseChallenges } from '../../../src/adapters/registry/challenge.ts';

const vectors: [string, Challenge[]][] = [
  ['Basic', [{ scheme: 'basic', parameters: {} }]],
  ['BASIC realm="simple"', [{ scheme: 'basic', parameters: { realm: 'simple' } }]],
  [
    'Bearer realm="https://a/token",service="reg.io",scope="repository:a/b:pull,push"',
    [
      {
        scheme: 'bearer',
        parameters: { realm: 'https://a/token', service: 'reg.io', scope: 'repository:a/b:pull,push' },
      },
    ],
  ],
  [
    'Basic realm="x", Bearer Realm = "y" , service=z',
    [
      { scheme: 'basic', parameters: { realm: 'x' } },
      { scheme: 'bearer', parameters: { realm: 'y', service: 'z' } },
    ],
  ],
  ['Bearer realm="say \\"hi\\", ok"', [{ scheme: 'bearer', parameters: { realm: 'say "hi", ok' } }]],
  ['Bearer realm="never closed', [{ scheme: 'bearer', parameters: {} }]],
  [
    'Negotiate, Basic realm=x',
    [
      { scheme: 'negotiate', parameters: {} },
      { scheme: 'basic', parameters: { realm: 'x' } },
    ],
  ],
  ['', []],
  ['="x"', []],
];

for (const [header, expected] of vectors) {
  test(`WWW-Authenticate: ${header}`, () => assert.deepEqual(parseChallenges(header), expected));
}

test('several header lines add up, none is no challenge', () => {
  assert.equal(parseChallenges(['Basic realm="a"', 'Bearer realm="b"']).length, 2);
  assert.deepEqual(parseChallenges(undefined), []);
});
