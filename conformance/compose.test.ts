/** The distribution's unmodified docker-compose against the service. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { Client, dockerClient } from './support/client.ts';
import { startImageSource } from './support/images.ts';
import { startService } from './support/service.ts';

const PROJECT = `
version: "2.4"
services:
  store:
    image: busybox
    command: sh -c "echo from the store > /data/index.html && exec sleep 1000"
    volumes: ["data:/data"]
    networks: { back: { aliases: [warehouse] } }
  web:
    image: busybox
    depends_on: [store]
    command: sh -c "while ! nslookup warehouse; do sleep 0.1; done; echo serving; exec httpd -f -p 80 -h /srv"
    volumes: ["data:/srv:ro"]
    ports: ["127.0.0.1::80"]
    networks: [front, back]
    environment: { GREETING: hello }
networks:
  front: {}
  back: { internal: true }
volumes:
  data: {}
`;

suite('docker-compose', { timeout: 180_000 }, () => {
  const held = new AsyncDisposableStack();
  let compose: Client;
  let docker: Client;

  before(async () => {
    const images = held.use(await startImageSource());
    const service = held.use(await startService({ args: images.args }));
    const directory = held.adopt(mkdtempSync(join(tmpdir(), 'selkie-compose-')), (path) =>
      rmSync(path, { recursive: true }),
    );
    const file = join(directory, 'docker-compose.yml');
    writeFileSync(file, PROJECT);
    compose = new Client('docker-compose', ['-p', 'shop', '-f', file], {
      DOCKER_HOST: service.url,
      DOCKER_CONFIG: directory,
    });
    docker = dockerClient(service.url, directory);
  });
  after(() => held.disposeAsync());

  test('a project of two services comes up, is reached, looked at, entered, and goes without a trace', async () => {
    await compose.ok('up', '-d');
    assert.equal(await docker.ok('network', 'ls', '-q', '-f', 'label=com.docker.compose.project=shop').then(lines), 2);
    assert.equal(await docker.ok('volume', 'ls', '-q'), 'shop_data');
    const address = await compose.ok('port', 'web', '80');
    assert.equal(await fetched(`http://${address}/`), 'from the store\n');

    const shown = await compose.ok('ps');
    assert.match(shown, /shop[_-]store[_-]1/);
    assert.match(shown, /shop[_-]web[_-]1.*127\.0\.0\.1:\d+->80\/tcp/);
    assert.match(await compose.ok('logs', 'web'), /serving/);
    assert.equal(await compose.ok('exec', '-T', 'web', 'sh', '-c', 'echo $GREETING'), 'hello');
    assert.match(await compose.ok('exec', '-T', 'web', 'nslookup', 'store'), /Address: \d/);

    const ids = await docker.ok('ps', '-q').then((text) => text.split('\n').sort());
    await compose.ok('up', '-d');
    assert.deepEqual(await docker.ok('ps', '-q').then((text) => text.split('\n').sort()), ids, 'nothing is made again');
    await compose.ok('restart', '-t', '0', 'store');
    await compose.ok('stop', '-t', '0');
    await compose.ok('start');
    await compose.ok('down', '-v', '-t', '0');
    assert.equal(await docker.ok('ps', '-aq'), '');
    assert.equal(await docker.ok('volume', 'ls', '-q'), '');
    assert.equal(await docker.ok('network', 'ls', '-q', '-f', 'type=custom'), '');
  });
});

function lines(text: string): number {
  return text.split('\n').filter((line) => line !== '').length;
}

/** What a server that is still starting answers in the end. */
async function fetched(url: string): Promise<string> {
  for (;;) {
    try {
      const response = await fetch(url);
      if (response.ok) return await response.text();
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
