import { imageExport, imageGet } from '@selkie/contract/libpod/image-transfer';
import type { ArchiveFormat } from '@selkie/engine/images/save';
import { handler, raw } from '../../http/handler.ts';
import { invalid } from '../../translate/refuse.ts';

const FORMATS: readonly ArchiveFormat[] = ['docker-archive', 'oci-archive', 'oci-dir', 'docker-dir'];
const TAR = 'application/x-tar';

export const save = handler(imageGet, ({ path, query, engine, signal }) => {
  const format = formatOf(query.format ?? 'docker-archive');
  if (query.compress && format === 'docker-archive') invalid('layers of a docker-archive cannot be compressed');
  const compress = query.compress || format.startsWith('oci');
  return raw(engine.images.save([path.name], { names: engine.shortNames, signal, format, compress }), TAR);
});

export const saveAll = handler(imageExport, ({ query, engine, signal }) => {
  const format = formatOf(query.format ?? 'docker-archive');
  const { compress: asked, ociAcceptUncompressedLayers, references = [] } = query;
  if (references.length > 1 && format.endsWith('-dir')) invalid(`${format} holds one image only`);
  if (asked && format === 'docker-archive') invalid('layers of a docker-archive cannot be compressed');
  const compress = asked || (format.startsWith('oci') && !ociAcceptUncompressedLayers);
  return raw(engine.images.save(references, { names: engine.shortNames, signal, format, compress }), TAR);
});

function formatOf(text: string): ArchiveFormat {
  return FORMATS.find((format) => format === text) ?? invalid(`unknown format ${JSON.stringify(text)}`);
}
