import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { digestOf } from './fixture-images.ts';

export interface UploadRegistry extends AsyncDisposable {
  readonly host: string;
  /** `METHOD path` of every request, upload addresses cut short. */
  readonly requests: string[];
  /** By `repository@digest`. */
  readonly blobs: Map<string, Buffer>;
  /** By `repository:tag`. */
  readonly manifests: Map<string, Buffer>;
  /** Looks at every request first; returns true where it answered. */
  intercept: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Bytes of an upload after which its connection breaks, once each. */
  breakAfter: number[];
}

/** The write side of a registry in memory, which a test can make misbehave. */
export async function uploadRegistry(): Promise<UploadRegistry> {
  const uploads = new Map<string, Buffer>();
  const server = createServer((request, response) => void answer(request, response).catch(() => request.destroy()));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', 'http://registry');
    registry.requests.push(`${request.method} ${url.pathname.replace(/uploads\/.+/, 'uploads/…')}`);
    if (registry.intercept(request, response)) return;
    const [, repository = '', kind, rest = ''] = /^\/v2\/(.+)\/(blobs|manifests)\/(.*)$/.exec(url.pathname) ?? [];
    if (kind === 'manifests') return putManifest(request, response, `${repository}:${rest}`);
    if (request.method === 'HEAD') {
      response.statusCode = registry.blobs.has(`${repository}@${rest}`) ? 200 : 404;
      return void response.end();
    }
    if (request.method === 'POST') return begin(response, repository, url.searchParams);
    return upload(request, response, repository, url);
  }

  function begin(response: ServerResponse, repository: string, query: URLSearchParams): void {
    const mounted = registry.blobs.get(`${query.get('from')}@${query.get('mount')}`);
    if (mounted !== undefined) registry.blobs.set(`${repository}@${query.get('mount')}`, mounted);
    response.statusCode = mounted === undefined ? 202 : 201;
    const id = String(uploads.size);
    uploads.set(id, Buffer.alloc(0));
    response.setHeader('location', `/v2/${repository}/blobs/uploads/${id}`);
    response.end();
  }

  async function upload(
    request: IncomingMessage,
    response: ServerResponse,
    repository: string,
    url: URL,
  ): Promise<void> {
    const id = url.pathname.split('/').at(-1) ?? '';
    const limit = request.method === 'PATCH' ? registry.breakAfter.shift() : undefined;
    const start = Number(/^(\d+)-/.exec(request.headers['content-range'] ?? '')?.[1] ?? 0);
    if (request.method === 'PATCH' && start !== uploads.get(id)?.length) return void response.writeHead(416).end();
    for await (const chunk of request) {
      const all = Buffer.concat([uploads.get(id) ?? Buffer.alloc(0), chunk]);
      uploads.set(id, all.subarray(0, limit));
      if (limit !== undefined && all.length >= limit) return void request.socket.destroy();
    }
    const bytes = uploads.get(id) ?? Buffer.alloc(0);
    const digest = url.searchParams.get('digest');
    response.setHeader('location', url.pathname);
    response.setHeader('range', `0-${Math.max(0, bytes.length - 1)}`);
    response.statusCode = request.method === 'GET' ? 204 : request.method === 'PATCH' ? 202 : 201;
    if (digest !== null && digest !== digestOf(bytes)) response.statusCode = 400;
    else if (digest !== null) registry.blobs.set(`${repository}@${digest}`, bytes);
    response.end();
  }

  async function putManifest(request: IncomingMessage, response: ServerResponse, name: string): Promise<void> {
    const bytes = Buffer.concat(await Array.fromAsync(request));
    registry.manifests.set(name, bytes);
    response.setHeader('docker-content-digest', digestOf(bytes));
    response.writeHead(201).end();
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const registry: UploadRegistry = {
    host: `127.0.0.1:${address.port}`,
    requests: [],
    blobs: new Map(),
    manifests: new Map(),
    intercept: () => false,
    breakAfter: [],
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return registry;
}
