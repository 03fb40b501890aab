import assert from 'node:assert/strict';
import { test } from 'node:test';
import { COMMANDS, GROUPS } from '../src/commands/table.ts';
import { findCommand } from '../src/find.ts';
import { groupOverview, overview } from '../src/overview.ts';

test('a command is found by every name it has', () => {
  const names = COMMANDS.flatMap(({ names }) => names);
  assert.deepEqual(names, [...new Set(names)]);
  for (const entry of COMMANDS) {
    for (const name of entry.names) {
      assert.deepEqual(findCommand([...name.split(' '), 'x', '-y']), { entry, name, rest: ['x', '-y'] });
    }
  }
});

test('every command loads and is in the overviews', async () => {
  for (const {
    names: [name],
    load,
  } of COMMANDS) {
    assert.equal(typeof (await load()).invoke, 'function', name);
    const [first = '', second] = name.split(' ');
    const shown = second === undefined ? overview() : groupOverview(first);
    assert.match(shown, new RegExp(`^  ${second ?? first} `, 'm'));
  }
});

test('a group alone shows its commands', () => {
  for (const group of Object.keys(GROUPS)) {
    assert.deepEqual(findCommand([group]), { group });
    assert.deepEqual(findCommand([group, '--help']), { group });
  }
});

test('an unknown command is told with the nearest', () => {
  assert.throws(() => findCommand(['pss']), { message: 'unrecognized command: selkie pss', hint: /selkie ps/ });
  assert.throws(() => findCommand(['container', 'lsit']), { hint: /selkie container list/ });
  assert.throws(() => findCommand(['xyzzy']), { hint: undefined });
});
