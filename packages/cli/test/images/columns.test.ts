import assert from 'node:assert/strict';
import { test } from 'node:test';
import { repositoryAndTag } from '../../src/images/columns.ts';
import { layerLine } from '../../src/images/layer-lines.ts';

test("a registry's port is no tag", () => {
  const cases: readonly (readonly [name: string | undefined, repository: string, tag: string])[] = [
    ['docker.io/library/a:1', 'docker.io/library/a', '1'],
    ['host:5000/a:1', 'host:5000/a', '1'],
    ['host:5000/a', 'host:5000/a', '<none>'],
    ['host:5000/a@sha256:ab', 'host:5000/a', '<none>'],
    [undefined, '<none>', '<none>'],
  ];
  for (const [name, Repository, Tag] of cases) assert.deepEqual(repositoryAndTag(name), { Repository, Tag });
});

test('the line of a layer', () => {
  const id = '0123456789ab';
  assert.equal(layerLine({ id, status: 'Pull complete' }), `Copying blob ${id}  pull complete`);
  const line = layerLine({ id, status: 'Downloading', progressDetail: { current: 1, total: 2 } });
  assert.equal(line, `Copying blob ${id}  downloading  [===============               ]  50 %`);
});
