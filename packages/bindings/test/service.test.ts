import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { authority, type Certificates } from '../../../conformance/support/certificates.ts';
import { type ImageSource, startImageSource } from '../../../conformance/support/images.ts';
import { type Service, startService } from '../../../conformance/support/service.ts';
import { type Client, type Connection, connect, type Frame } from '../src/index.ts';

suite('bindings and a running service', { timeout: 300_000 }, () => {
  const directory = mkdtempSync(join(tmpdir(), 'selkie-bindings-'));
  let images: ImageSource;
  let service: Service;
  let client: Client;
  let certificates: Certificates;
  let port: number;

  before(async () => {
    images = await startImageSource();
    certificates = authority(directory, 'good')('localhost');
    port = await freePort();
    const { ca, cert, key } = certificates;
    const tls = ['--tls-ca', ca, '--tls-cert', cert, '--tls-key', key, '--listen', `tcp://127.0.0.1:${port}`];
    service = await startService({ args: [...images.args, ...tls] });
    client = connect(service.url);
  });
  after(async () => {
    await client[Symbol.asyncDispose]();
    await service[Symbol.asyncDispose]().finally(() => images[Symbol.asyncDispose]());
    rmSync(directory, { recursive: true });
  });

  const run = async (script: string, spec: object = {}) => {
    const body = { image: 'alpine', command: ['sh', '-c', script], ...spec };
    const { Id } = await client.containers.create({ body });
    return Id;
  };
  const remove = (id: string) => client.containers.delete(id, { query: { force: true, timeout: 0 } });

  test('a pull tells its progress and ends with the ID', async () => {
    const reports = await Array.fromAsync(await client.images.pull({ query: { reference: 'alpine' } }));
    assert.match(reports[0]?.stream ?? '', /Trying to pull docker.io\/library\/alpine:latest/);
    assert.equal(reports.at(-1)?.id, (await client.images.inspect('alpine')).Id);
  });

  test('attach before start misses nothing, and input ends where it is ended', async () => {
    const id = await run('cat; echo end >&2', { stdin: true });
    await using connection = await client.containers.attach(id);
    await client.containers.start(id);
    await connection.write('typed\n');
    connection.end();
    assert.deepEqual(await outputOf(connection), { stdout: 'typed\n', stderr: 'end\n' });
    assert.equal(await client.containers.wait(id), '0');
    await remove(id);
  });

  test('a terminal has one stream and a size', async () => {
    const id = await run('read line; stty size', { stdin: true, terminal: true });
    await using connection = await client.containers.attach(id);
    assert.equal(connection.tty, true);
    await client.containers.start(id);
    await client.containers.resize(id, { query: { h: 12, w: 34 } });
    await connection.write('go\r');
    assert.match((await outputOf(connection)).stdout, /12 34\r\n$/);
    await remove(id);
  });

  test('exec is a connection of its own', async () => {
    const id = await run('sleep 1000');
    await client.containers.start(id);
    const body = { Cmd: ['sh', '-c', 'echo out; exit 3'], AttachStdout: true, AttachStderr: true };
    const { Id } = await client.exec.create(id, { body });
    await using connection = await client.exec.start(Id, { body: {} });
    assert.equal((await outputOf(connection)).stdout, 'out\n');
    assert.equal((await client.exec.inspect(Id)).ExitCode, 3);
    const detached = await client.exec.create(id, { body: { Cmd: ['true'] } });
    await using nothing = await client.exec.start(detached.Id, { body: { Detach: true } });
    assert.deepEqual(await outputOf(nothing), { stdout: '', stderr: '' });
    await remove(id);
  });

  test('followed logs and stats come as they are made, until they are left', async () => {
    const id = await run('echo one; sleep 0.2; echo two; sleep 1000');
    await client.containers.start(id);
    const lines: string[] = [];
    for await (const { data } of await client.containers.logs(id, { query: { stdout: true, follow: true } })) {
      lines.push(String(data));
      if (lines.length === 2) break;
    }
    assert.deepEqual(lines, ['one\n', 'two\n']);
    for await (const { Stats } of await client.containers.statsAll({ query: { containers: [id], interval: 1 } })) {
      assert.equal(Stats?.[0]?.ContainerID, id);
      break;
    }
    await remove(id);
  });

  test('events are followed and filtered, and a signal ends it', async () => {
    const abort = new AbortController();
    const query = { filters: { event: ['create', 'remove'] } };
    const events = await client.system.events({ query, signal: abort.signal });
    const id = await run('true');
    await remove(id);
    const seen: string[] = [];
    await assert.rejects(async () => {
      for await (const { Action, Actor } of events) {
        seen.push(`${Action} ${Actor.ID === id}`);
        if (seen.length === 2) abort.abort();
      }
    });
    assert.deepEqual(seen, ['create true', 'remove true']);
  });

  test('a file goes into a container and comes out', async () => {
    const id = await run('true');
    const tar = await client.containers.archive(id, { query: { path: '/etc/passwd' } });
    await client.containers.putArchive(id, { query: { path: '/tmp' }, body: tar });
    const headers = await client.containers.archiveInfo(id, { query: { path: '/tmp/passwd' } });
    const stat: unknown = JSON.parse(Buffer.from(String(headers['x-docker-container-path-stat']), 'base64').toString());
    assert.equal(Object.entries(stat ?? {}).find(([key]) => key === 'name')?.[1], 'passwd');
    await remove(id);
  });

  test('TLS shows and demands certificates', async () => {
    const read = (path: string) => readFileSync(path);
    const url = `tcp://127.0.0.1:${port}`;
    const { ca, cert, key } = certificates;
    await using trusted = connect(url, { tls: { ca: read(ca), cert: read(cert), key: read(key) } });
    assert.equal((await trusted.system.info()).host.os, 'linux');
    await using unknown = connect(url, { tls: { ca: read(ca) } });
    await assert.rejects(unknown.system.info(), { name: 'ConnectionError' });
    const other = authority(directory, 'other')('localhost');
    await using mistrusting = connect(url, { tls: { ca: read(other.ca), cert: read(cert), key: read(key) } });
    await assert.rejects(mistrusting.system.info(), /not signed by the authority given/);
    await using plain = connect(url);
    await assert.rejects(plain.system.info(), /cut off.*whether it speaks TLS/);
  });
});

async function outputOf({ output }: Connection): Promise<Record<Frame['stream'], string>> {
  const text = { stdout: '', stderr: '' };
  for await (const { stream, data } of output) text[stream] += data;
  return text;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
