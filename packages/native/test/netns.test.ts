import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createNetns, inNetns, isNetns, removeNetns } from '../src/netns.ts';
import { Rtnetlink } from '../src/rtnetlink.ts';

const directory = mkdtempSync(join(tmpdir(), 'selkie-netns-'));
const path = join(directory, 'ns');
const own = () => readlinkSync('/proc/thread-self/ns/net');
const home = own();
after(() => rmSync(directory, { recursive: true }));

test('a namespace is made, entered and removed, and the thread is always back home', () => {
  const inner = { name: '' };
  createNetns(path, () => {
    inner.name = own();
  });
  assert.notEqual(inner.name, home);
  assert.equal(own(), home);
  assert.equal(isNetns(path), true);
  assert.equal(inNetns(path, own), inner.name);
  assert.throws(
    () =>
      inNetns(path, () => {
        throw new Error('inside');
      }),
    /inside/,
  );
  assert.throws(() => inNetns(path, async () => {}), TypeError);
  assert.equal(own(), home);
  removeNetns(path);
  removeNetns(path);
  assert.equal(existsSync(path), false);
  assert.doesNotMatch(readFileSync('/proc/self/mountinfo', 'utf8'), new RegExp(path));
});

test('a namespace whose setup fails is not left behind', () => {
  assert.throws(
    () =>
      createNetns(path, () => {
        throw new Error('setup');
      }),
    /setup/,
  );
  assert.equal(own(), home);
  assert.equal(existsSync(path), false);
});

test('a file in the way is not taken for a namespace and not overwritten', () => {
  writeFileSync(path, 'mine');
  assert.throws(() => createNetns(path), { code: 'EEXIST' });
  assert.equal(readFileSync(path, 'utf8'), 'mine');
  assert.equal(isNetns(path), false);
  removeNetns(path);
});

test('a socket keeps talking to the namespace it was made in', () => {
  createNetns(path);
  using inside = inNetns(path, () => new Rtnetlink());
  assert.deepEqual(
    inside
      .links()
      .map(({ name }) => name)
      .filter((name) => name !== 'lo' && !name.startsWith('ifb')),
    [],
  );
  using outside = new Rtnetlink();
  assert.equal(outside.link('lo')?.up, true);
  assert.equal(inside.link('lo')?.up, false);
  removeNetns(path);
});
