import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { leaveNetns } from '../src/netns.ts';
import { NftablesError, nft, spawnNft } from '../src/nftables.ts';

leaveNetns();

for (const [how, run] of [
  ['the library', nft],
  ['the program', spawnNft],
] as const) {
  test(`commands take effect all together or not at all, by ${how}`, () => {
    run('add table inet one\nadd set inet one names { type ifname; }\nflush set inet one names');
    assert.throws(
      () => run('add element inet one names { "a" }\nadd element inet one missing { "b" }'),
      (error) => error instanceof NftablesError && /missing/.test(error.message),
    );
    assert.doesNotMatch(run('list table inet one'), /"a"/);
    run('add element inet one names { "a" }');
    assert.match(run('list table inet one'), /"a"/);
  });
}

test('what another program changed meanwhile is seen', () => {
  nft('add table inet two\nadd set inet two names { type ifname; }');
  spawnSync('nft', ['flush', 'ruleset']);
  assert.throws(() => nft('add element inet two names { "a" }'), NftablesError);
  nft('add table inet two\nadd set inet two names { type ifname; }\nadd element inet two names { "a" }');
  assert.match(spawnSync('nft', ['list', 'ruleset'], { encoding: 'utf8' }).stdout, /"a"/);
});

test('a thousand transactions do not grow the process', () => {
  const rounds = (count: number) => {
    for (let i = 0; i < count; i++) nft('add table inet three\ndelete table inet three');
    return process.memoryUsage().rss;
  };
  const before = rounds(300);
  assert.ok(rounds(1000) - before < 30 << 20);
});
