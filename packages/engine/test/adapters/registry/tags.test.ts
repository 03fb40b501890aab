import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { test } from 'node:test';
import { NO_REGISTRIES_CONF } from '../../../src/adapters/registry/registries-conf.ts';
import { DistributionRegistry } from '../../../src/adapters/registry/registry.ts';

const { signal } = new AbortController();

async function tagsFrom(server: Server): Promise<string[]> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const registry = new DistributionRegistry({ conf: () => NO_REGISTRIES_CONF, retry: { attempts: 1 } });
  try {
    return await registry.tags({ host: `127.0.0.1:${address.port}`, path: 'a/b' }, signal);
  } finally {
    await registry.close();
    server.closeAllConnections();
    server.close();
  }
}

test('tags are read page by page, from this host alone', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (request.url?.includes('last=')) response.end(JSON.stringify({ name: 'a/b', tags: ['c'] }));
    else {
      response.setHeader('link', '<https://elsewhere.invalid/v2/a/b/tags/list?n=1000&last=b>; rel="next"');
      response.end(JSON.stringify({ name: 'a/b', tags: ['a', 'b'] }));
    }
  });
  assert.deepEqual(await tagsFrom(server), ['a', 'b', 'c']);
  assert.deepEqual(asked, ['/v2/a/b/tags/list?n=1000', '/v2/a/b/tags/list?n=1000&last=b']);
});

test('a list of tags without an end is given up', async () => {
  const server = createServer((request, response) => {
    response.setHeader('link', `<${request.url}>; rel="next"`);
    response.end(JSON.stringify({ name: 'a/b', tags: ['a'] }));
  });
  await assert.rejects(tagsFrom(server), { code: 'REGISTRY', message: /more tags than/ });
});

test('a list of tags that is none is a failure of the registry', async () => {
  for (const body of ['[]', '{"tags": "a"}', 'no json']) {
    await assert.rejects(tagsFrom(createServer((_, response) => response.end(body))), { code: 'REGISTRY' });
  }
  assert.deepEqual(await tagsFrom(createServer((_, response) => response.end('{"tags": null}'))), []);
});
