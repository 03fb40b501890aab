import { containerExport } from '@selkie/contract/docker/container-files';
import { afterFirst, handler, raw } from '../../http/handler.ts';

export const exportRoot = handler(containerExport, async ({ path, engine, signal }) =>
  raw(await afterFirst(engine.containers.export(path.id, signal)), 'application/octet-stream'),
);
