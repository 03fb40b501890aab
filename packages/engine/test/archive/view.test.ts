import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { MS_BIND, mount, umount2 } from '@selkie/native/mount';
import { cloneTree } from '@selkie/native/mount-tree';
import { O_PATH } from '@selkie/native/path';
import { MissingError, View } from '../../src/archive/view.ts';
import { temporaryDirectory } from '../support/directory.ts';

/** A view of `root`, beside which `outside` lies. */
class Fixture implements Disposable {
  readonly #directory = temporaryDirectory();
  readonly outside = join(this.#directory.path, 'outside');
  readonly root = join(this.#directory.path, 'root');
  readonly view: View;

  constructor() {
    for (const name of [this.outside, join(this.root, 'a/b')]) mkdirSync(name, { recursive: true });
    writeFileSync(join(this.outside, 'secret'), 'secret');
    writeFileSync(join(this.root, 'a/b/file'), 'inside');
    this.view = new View(openSync(this.root, O_PATH | constants.O_DIRECTORY));
  }

  link(target: string, name: string): void {
    symlinkSync(target, join(this.root, name));
  }

  content(path: string): string {
    using place = this.view.resolve(path);
    return readFileSync(`/proc/self/fd/${place.fd}`, 'utf8');
  }

  [Symbol.dispose](): void {
    this.view[Symbol.dispose]();
    this.#directory[Symbol.dispose]();
  }
}

const openFiles = () => readdirSync('/proc/self/fd').length;

describe('a view', () => {
  it('resolves names, dots and links as a process sees them whose root it is', () => {
    using fixture = new Fixture();
    fixture.link('/a/b', 'absolute');
    fixture.link('../../../../../../a', 'a/up');
    fixture.link('absolute/.', 'chain');
    for (const path of [
      '/a/b/file',
      'a/b/file',
      '/../../a/./b//file',
      '/absolute/file',
      '/a/up/b/file',
      '/chain/file',
      '/absolute/../b/file',
    ]) {
      assert.equal(fixture.content(path), 'inside', path);
    }
    using place = fixture.view.resolve('/chain/file');
    assert.deepEqual(place.path, ['a', 'b', 'file']);
  });

  it('leads no link out, whatever it says', () => {
    using fixture = new Fixture();
    for (const [i, target] of [
      fixture.outside,
      `../outside`,
      `/../../../../../../../../../..${fixture.outside}`,
      `/proc/self/root${fixture.outside}`,
    ].entries()) {
      fixture.link(target, `l${i}`);
      assert.throws(() => fixture.view.resolve(`/l${i}/secret`), MissingError, target);
      assert.throws(() => fixture.view.resolve(`/l${i}`), MissingError, target);
      using link = fixture.view.resolve(`/l${i}`, { followLast: false });
      assert.ok(fstatSync(link.fd).isSymbolicLink());
    }
  });

  it('says where a link without an end would lead', () => {
    using fixture = new Fixture();
    fixture.link('/a/missing/further', 'dangling');
    assert.throws(
      () => fixture.view.resolve('/dangling/more'),
      (error) => error instanceof MissingError && error.path.join('/') === 'a/missing/further/more',
    );
  });

  it('ends on links that go round, and on paths too long', () => {
    using fixture = new Fixture();
    fixture.link('two', 'one');
    fixture.link('one', 'two');
    assert.throws(() => fixture.view.resolve('/one'), { code: 'ELOOP' });
    assert.throws(() => fixture.view.resolve(`/${'x/'.repeat(2100)}`), { code: 'ENAMETOOLONG' });
    assert.throws(() => fixture.view.resolve(`/${'x'.repeat(300)}`), { code: 'ENAMETOOLONG' });
  });

  it('takes nothing but a directory for one', () => {
    using fixture = new Fixture();
    execFileSync('mkfifo', [join(fixture.root, 'fifo')]);
    for (const path of ['/a/b/file/', '/a/b/file/.', '/a/b/file/..', '/a/b/file/x', '/fifo/', '/fifo/..']) {
      assert.throws(() => fixture.view.resolve(path), { code: 'ENOTDIR' }, path);
    }
    using fifo = fixture.view.resolve('/fifo');
    assert.ok(fstatSync(fifo.fd).isFIFO());
  });

  it('resolves from a place that is held, also when that is moved meanwhile', () => {
    using fixture = new Fixture();
    using trail = fixture.view.walk('/a/b');
    renameSync(join(fixture.root, 'a'), join(fixture.root, 'moved'));
    fixture.link(fixture.outside, 'a');
    using file = fixture.view.resolve('file', { from: trail });
    assert.equal(readFileSync(`/proc/self/fd/${file.fd}`, 'utf8'), 'inside');
    using up = fixture.view.resolve('../b/../../moved/b/file', { from: trail });
    assert.equal(readFileSync(`/proc/self/fd/${up.fd}`, 'utf8'), 'inside');
  });

  it('goes into what covers a path, and back out to what is around it', () => {
    using fixture = new Fixture();
    symlinkSync('/a/b/file', join(fixture.outside, 'back'));
    fixture.view.cover(['a'], cloneTree(fixture.outside, { recursive: false }));
    assert.equal(fixture.content('/a/secret'), 'secret');
    assert.throws(() => fixture.view.resolve('/a/b'), MissingError);
    assert.throws(() => fixture.view.resolve('/a/back'), MissingError);
    using root = fixture.view.resolve('/a/..');
    assert.deepEqual(root.path, []);
    assert.ok(fixture.view.covered(root, 'a'));
    assert.ok(!fixture.view.covered(root, 'nothing'));
  });

  it('knows what is mounted in the mount namespace itself', () => {
    using fixture = new Fixture();
    const target = join(fixture.root, 'a/b');
    mount({ source: fixture.outside, target, flags: MS_BIND });
    try {
      using a = fixture.view.resolve('/a');
      assert.ok(fixture.view.covered(a, 'b'));
      assert.equal(fixture.content('/a/b/secret'), 'secret');
    } finally {
      umount2(target);
    }
  });

  it('takes no name for a child that is a path', () => {
    using fixture = new Fixture();
    using root = fixture.view.root();
    for (const name of ['', '.', '..', 'a/b', '/']) assert.throws(() => fixture.view.child(root, name), /not the name/);
  });

  it('holds no descriptor when it is done, however it ends', () => {
    const before = openFiles();
    {
      using fixture = new Fixture();
      fixture.link('nowhere', 'dangling');
      for (const path of ['/a/b/file', '/a/b/none', '/a/b/file/x', '/dangling']) {
        try {
          fixture.view.resolve(path)[Symbol.dispose]();
        } catch {}
      }
      using trail = fixture.view.walk('/a');
      fixture.view.resolve('', { from: trail })[Symbol.dispose]();
      fixture.view.resolve('..', { from: trail })[Symbol.dispose]();
      assert.equal(fstatSync(trail.fd).isDirectory(), true);
    }
    assert.equal(openFiles(), before);
  });
});
