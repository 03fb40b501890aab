import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { FixtureImage, FixtureIndex } from './fixture-images.ts';

export type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean | undefined;

export interface HostileRegistry extends AsyncDisposable {
  readonly host: string;
  readonly origin: string;
  /** `METHOD path` of every request, in order. */
  readonly requests: { line: string; authorization: string | undefined; range: string | undefined }[];
  /** Looks at every request first; returns true where it answered. */
  intercept: Intercept;
  serve(repository: string, tag: string, image: FixtureImage | FixtureIndex): void;
}

/** A registry in node:http that behaves until a test makes it misbehave. */
export async function hostileRegistry(): Promise<HostileRegistry> {
  const manifests = new Map<string, { bytes: Buffer; type: string }>();
  const blobs = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const line = `${request.method} ${request.url}`;
    const { authorization, range } = request.headers;
    registry.requests.push({ line, authorization, range });
    if (registry.intercept(request, response)) return;
    const manifest = manifests.get(request.url ?? '');
    const blob = blobs.get((request.url ?? '').split('/').at(-1) ?? '');
    if (manifest !== undefined) {
      response.setHeader('content-type', manifest.type);
      response.end(manifest.bytes);
    } else if (blob !== undefined) {
      sendBlob(request, response, blob);
    } else {
      response.statusCode = request.url === '/v2/' ? 200 : 404;
      response.end('{}');
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const host = `127.0.0.1:${address.port}`;
  const registry: HostileRegistry = {
    host,
    origin: `http://${host}`,
    requests: [],
    intercept: () => false,
    serve(repository, tag, image) {
      const images = 'images' in image ? image.images : [image];
      for (const one of images) {
        manifests.set(`/v2/${repository}/manifests/${one.digest}`, { bytes: one.manifest, type: one.mediaType });
        blobs.set(one.configDigest, one.config);
        for (const { digest, blob } of one.layers) blobs.set(digest, blob);
      }
      const top = { bytes: image.manifest, type: image.mediaType };
      manifests.set(`/v2/${repository}/manifests/${tag}`, top);
      manifests.set(`/v2/${repository}/manifests/${image.digest}`, top);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return registry;
}

/** Answers with a blob, or the range of it that is asked for. */
export function sendBlob(request: IncomingMessage, response: ServerResponse, blob: Buffer): void {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
  if (start > 0) {
    response.statusCode = start < blob.length ? 206 : 416;
    response.setHeader('content-range', `bytes ${start}-${blob.length - 1}/${blob.length}`);
  }
  const body = blob.subarray(start);
  response.setHeader('content-length', body.length);
  response.end(body);
}
