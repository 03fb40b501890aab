import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { authority, type Certificates } from '../../../../../conformance/support/certificates.ts';
import { empty, json, upgrade } from '../../../src/http/handler.ts';
import { parseAnswer, RawClient, requestText } from '../support/client.ts';
import { row } from '../support/rows.ts';
import { serve, startService, temporaryDirectory } from '../support/service.ts';

const routes = [
  serve(row('GET', '/who'), ({ connection }) => json(200, connection)),
  serve(row('POST', '/x'), () => empty(204)),
  serve(row('POST', '/echo', { stream: 'upgrade' }), () =>
    upgrade({
      contentType: 'a/b',
      run: async (connection) => {
        for await (const chunk of connection.iterator({ destroyOnReturn: false })) connection.write(chunk);
        connection.write('<eof>');
      },
    }),
  ),
];

function portOf(uris: readonly string[]): number {
  return Number(new URL(uris[0] ?? '').port);
}

async function ask(port: number, text: string) {
  using client = new RawClient({ port, host: '127.0.0.1' });
  return parseAnswer(await client.send(text).all());
}

test('TCP is refused without TLS, and without it off loopback whatever was allowed', async () => {
  await assert.rejects(startService(routes, { listen: ['tcp://127.0.0.1:0'] }), /--tls-cert.*--insecure-tcp/);
  const listeners = { insecureTcp: true };
  for (const uri of ['tcp://0.0.0.0:0', 'tcp://:0', 'tcp://[::]:0']) {
    await assert.rejects(startService(routes, { listen: [uri], listeners }), /loopback only/, uri);
  }
});

test('insecure TCP on loopback answers, but not to web pages', async () => {
  await using service = await startService(routes, { listen: ['tcp://127.0.0.1:0'], listeners: { insecureTcp: true } });
  const port = portOf(service.uris);
  const get = (headers: Record<string, string>, method = 'GET', path = '/who') =>
    ask(port, requestText(method, path, { Connection: 'close', Host: `127.0.0.1:${port}`, ...headers }));
  const plain = await get({});
  assert.deepEqual([plain.status, JSON.parse(plain.body).transport], [200, 'tcp']);
  assert.equal((await get({ Host: `localhost:${port}` })).status, 200);
  assert.equal((await get({ Host: 'rebound.example' })).status, 403);
  assert.equal((await get({ Origin: 'https://evil.example' }, 'POST', '/x')).status, 403);
  const refused = await get({ Origin: 'https://evil.example' });
  assert.equal(refused.headers.get('access-control-allow-origin'), undefined);
});

test('an allowed origin may call and read', async () => {
  const origin = 'https://ui.example';
  await using service = await startService(routes, {
    listen: ['tcp://127.0.0.1:0'],
    listeners: { insecureTcp: true },
    origins: [origin],
  });
  const headers = { Host: 'localhost', Connection: 'close', Origin: origin };
  const preflight = await ask(portOf(service.uris), requestText('OPTIONS', '/x', headers));
  assert.equal(preflight.status, 204);
  assert.match(preflight.headers.get('access-control-allow-methods') ?? '', /DELETE/);
  const answer = await ask(portOf(service.uris), requestText('POST', '/x', headers));
  assert.deepEqual([answer.status, answer.headers.get('access-control-allow-origin')], [204, origin]);
  const other = await ask(
    portOf(service.uris),
    requestText('POST', '/x', { ...headers, Origin: 'https://evil.example' }),
  );
  assert.equal(other.status, 403);
});

test('TLS takes only clients its authority signed, and says who they are', async () => {
  using directory = temporaryDirectory();
  const ours = authority(directory.path, 'ours');
  const [server, client, stranger] = [ours('server'), ours('alice'), authority(directory.path, 'theirs')('mallory')];
  await using service = await startService(routes, { listen: ['tcp://127.0.0.1:0'], listeners: { tls: server } });
  const port = portOf(service.uris);
  const open = (certificates?: Certificates) => {
    const options: ConnectionOptions & { allowHalfOpen: true } = {
      port,
      host: '127.0.0.1',
      ca: readFileSync(server.ca),
      allowHalfOpen: true,
      ...(certificates && { cert: readFileSync(certificates.cert), key: readFileSync(certificates.key) }),
    };
    return new RawClient(connectTls(options));
  };
  {
    using alice = open(client);
    const answer = parseAnswer(
      await alice.send(requestText('GET', '/who', { Connection: 'close', Origin: 'https://x' })).all(),
    );
    const connection = JSON.parse(answer.body);
    assert.deepEqual([answer.status, connection.transport, connection.certificate.name], [200, 'tcp', 'alice']);
    assert.match(connection.certificate.fingerprint, /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  }
  for (const certificates of [undefined, stranger]) {
    using nobody = open(certificates);
    assert.equal(await nobody.send(requestText('GET', '/who', { Connection: 'close' })).all(), '');
  }
  const upgrading: Record<string, string>[] = [{ Connection: 'Upgrade', Upgrade: 'tcp' }, {}];
  for (const headers of upgrading) {
    using alice = open(client);
    alice.send(`${requestText('POST', '/echo', headers)}over TLS`).finish();
    assert.match(await alice.all(), /\r\n\r\nover TLS<eof>$/);
  }
});

test('a client that mistrusts our certificate does not keep the service from stopping', async () => {
  using directory = temporaryDirectory();
  const certificates = authority(directory.path, 'ours')('server');
  const { ca } = authority(directory.path, 'theirs')('server');
  const listeners = { tls: certificates };
  const service = await startService(routes, { listen: ['tcp://127.0.0.1:0'], listeners, graceMs: 0 });
  const socket = connectTls({
    port: portOf(service.uris),
    host: '127.0.0.1',
    ca: readFileSync(ca),
    cert: readFileSync(certificates.cert),
    key: readFileSync(certificates.key),
  });
  const [error]: unknown[] = await once(socket, 'error');
  assert.match(String(error), /self-signed certificate/);
  await service.close();
});
