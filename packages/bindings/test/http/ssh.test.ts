import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { connect } from '../../src/index.ts';
import { json, startFakeService } from '../support/fake-service.ts';

/** Stands for ssh: forwards to the socket it is asked for, or refuses a host called bad. */
const SSH = `#!${process.execPath}
const net = require('node:net');
const args = process.argv.slice(2);
if (args.at(-1) === 'bad') {
  console.error('bad: Permission denied (publickey).');
  process.exit(255);
}
const [local, remote] = args[args.indexOf('-L') + 1].split(':');
net.createServer((near) => {
  const far = net.connect(remote);
  near.pipe(far).pipe(near);
  far.on('error', () => near.destroy());
  near.on('error', () => far.destroy());
}).listen(local);
`;

suite('ssh', () => {
  const directory = mkdtempSync(join(tmpdir(), 'selkie-ssh-test-'));
  const path = process.env.PATH;
  const tunnels = () => readdirSync(tmpdir()).filter((name) => /^selkie-ssh-(?!test)/.test(name));

  before(() => {
    writeFileSync(join(directory, 'ssh'), SSH);
    chmodSync(join(directory, 'ssh'), 0o755);
    process.env.PATH = `${directory}:${path}`;
  });
  after(() => {
    process.env.PATH = path;
    rmSync(directory, { recursive: true });
  });

  test('a service on another host is reached through a forwarded socket', async () => {
    await using fake = await startFakeService();
    fake.answer = json({ Names: ['docker.io/library/a'] });
    const before = tunnels();
    {
      await using client = connect(`ssh://me@host:2222${fake.socketPath}`);
      assert.deepEqual((await client.images.resolve('a')).Names, ['docker.io/library/a']);
      assert.equal(tunnels().length, before.length + 1);
    }
    assert.deepEqual(tunnels(), before);
  });

  test('what ssh says is told', async () => {
    const before = tunnels();
    await using client = connect('ssh://bad/run/x.sock');
    await assert.rejects(client.system.info(), /cannot connect to ssh:\/\/bad\/run\/x.sock: bad: Permission denied/);
    assert.deepEqual(tunnels(), before);
  });
});
