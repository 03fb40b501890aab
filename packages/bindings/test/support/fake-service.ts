import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

type Answer = (response: ServerResponse, request: Seen) => void;
type Takeover = (socket: Duplex, request: IncomingMessage) => void;

/** An HTTP server on a unix socket that says what a test wants to hear. It answers pings itself. */
export interface FakeService extends AsyncDisposable {
  readonly url: string;
  readonly socketPath: string;
  readonly server: Server;
  /** What was asked, without pings. */
  readonly seen: Seen[];
  answer: Answer;
  takeover: Takeover;
  /** Version it claims to speak; none: it is no libpod service. */
  version: string | undefined;
}

export async function startFakeService(): Promise<FakeService> {
  const directory = mkdtempSync(join(tmpdir(), 'selkie-fake-'));
  const socketPath = join(directory, 's');
  const server = createServer((request, response) => void serve(request, response));
  const fake: FakeService = {
    url: `unix://${socketPath}`,
    socketPath,
    server,
    seen: [],
    answer: (response) => void response.writeHead(404).end(),
    takeover: (socket) => socket.destroy(),
    version: '5.8.2',
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(directory, { recursive: true });
    },
  };
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    if (url.endsWith('/_ping')) {
      if (fake.version !== undefined) response.setHeader('Libpod-API-Version', fake.version);
      return void response.end();
    }
    const seen = { method, url, headers, body: await text(request) };
    fake.seen.push(seen);
    fake.answer(response, seen);
  }
  server.on('upgrade', (request, socket) => fake.takeover(socket, request));
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  return fake;
}

export function json(value: unknown, status = 200): Answer {
  return (response) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}
