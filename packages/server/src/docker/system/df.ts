import { SelkieError } from '@selkie/contract';
import { systemDataUsage } from '@selkie/contract/docker/system';
import { compareVersions } from '@selkie/contract/versions';
import { handler, json } from '../../http/handler.ts';
import { presentDf } from './present/df.ts';
import { containerUsage, imageUsage, volumeUsage } from './present/usage.ts';

const TYPES = ['container', 'image', 'volume', 'build-cache'];

/** Walks what containers wrote and what volumes hold; images are known. */
export const df = handler(systemDataUsage, async ({ query, version, engine, signal }) => {
  const asked = compareVersions(version, '1.42') >= 0 ? (query.type ?? []) : [];
  const unknown = asked.find((type) => !TYPES.includes(type));
  if (unknown !== undefined) throw new SelkieError('INVALID_PARAMETER', { reason: `unknown object type: ${unknown}` });
  const wants = (type: string) => asked.length === 0 || asked.includes(type);
  const [images, containers, volumes] = await Promise.all([
    wants('image') ? imageUsage(engine, version) : undefined,
    wants('container') ? containerUsage(engine, version, signal) : undefined,
    wants('volume') ? volumeUsage(engine, signal) : undefined,
  ]);
  const parts = { images, containers, volumes, builds: wants('build-cache') };
  return json(200, presentDf(parts, version, query.verbose));
});
