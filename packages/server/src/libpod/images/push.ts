import { imagePush } from '@selkie/contract/libpod/image-transfer';
import type { QueryOf } from '@selkie/contract/operation';
import type { CompressionChoice } from '@selkie/engine/images/compress';
import type { PushShape } from '@selkie/engine/images/push/parts';
import {
  type FullReference,
  formatReference,
  parseReference,
  parseStored,
  withDefaultTag,
} from '@selkie/engine/images/reference';
import { handler, ndjson, text } from '../../http/handler.ts';
import { Progress } from '../../stdio/progress.ts';
import { invalid, unsupported } from '../../translate/refuse.ts';
import { registryCredentials } from '../../translate/registry-auth.ts';
import { formatOf } from './commit.ts';
import { failedPush, finishedPush, pushTexts } from './present/push.ts';

type Query = QueryOf<typeof imagePush>;

/**
 * Quiet, which is the default, answers when all is done; otherwise lines of text, and how it ended as the last one. `all` means every
 * image of a list, and an image here is one alone.
 */
export const push = handler(imagePush, async ({ path, query, headers, version, engine, signal }) => {
  if (query.retry !== undefined || query.retryDelay !== undefined) {
    unsupported('retry', 'the service retries as often as it makes sense');
  }
  const image = engine.images.find(path.name, engine.shortNames);
  const reference = destinationOf(query.destination, path.name, image.names);
  const credentials = registryCredentials(headers)(reference.domain);
  const lines = new Progress<object>();
  const options = {
    signal,
    ...shapeOf(query),
    ...(credentials && { credentials }),
    ...(query.tlsVerify === undefined ? {} : { insecure: !query.tlsVerify }),
  };
  if (query.quiet) {
    await engine.images.push(image, reference, options);
    return text(200, '\n');
  }
  engine.images
    .push(image, reference, { ...options, onProgress: (progress) => lines.push(...pushTexts(progress)) })
    .then(
      (result) => lines.end(...finishedPush(image, result, version)),
      (error: unknown) => lines.end(failedPush(error)),
    );
  return ndjson(lines);
});

/** Where to; without being told, to where the image's own name says. @throws SelkieError INVALID_PARAMETER, UNSUPPORTED */
function destinationOf(destination: string | undefined, source: string, names: readonly string[]): FullReference {
  const [, transport, plain = ''] = /^(?:([a-z-]+):(?=\/\/|\/))?(?:\/\/)?(.*)$/.exec(destination ?? '') ?? [];
  if (transport !== undefined && transport !== 'docker')
    unsupported(`transport ${transport}`, 'images are pushed to registries');
  if (plain !== '') return parseStored(formatReference(withDefaultTag(parseReference(plain))));
  const suffix = formatReference(withDefaultTag(parseReference(source)));
  const name = names.find((one) => one === suffix || one.endsWith(`/${suffix}`));
  return name === undefined ? invalid(`${source} is no name to push to: a destination is needed`) : parseStored(name);
}

function shapeOf(query: Query): PushShape {
  const { format, compressionFormat, compressionLevel, forceCompressionFormat } = query;
  const choice = compressionOf(compressionFormat, compressionLevel);
  if (forceCompressionFormat && !compressionFormat) invalid('forceCompressionFormat needs a compressionFormat');
  return {
    ...(format ? { format: formatOf(format) } : {}),
    ...(choice && { compression: choice }),
    recompress: forceCompressionFormat,
  };
}

const LEVELS: Readonly<Record<CompressionChoice['format'], readonly [lowest: number, highest: number]>> = {
  gzip: [1, 9],
  zstd: [1, 20],
};

function compressionOf(name: string | undefined, level: number | undefined): CompressionChoice | undefined {
  if (!name && level === undefined) return undefined;
  const format = name || 'gzip';
  if (format === 'zstd:chunked') unsupported('compressionFormat zstd:chunked', 'gzip and zstd are written');
  if (format !== 'gzip' && format !== 'zstd') return invalid(`unknown compression format ${JSON.stringify(name)}`);
  if (level === undefined) return { format };
  const [lowest, highest] = LEVELS[format];
  if (level < lowest || level > highest) invalid(`compression level ${level} is not one of ${format}'s`);
  return { format, level };
}
