import { containerExport } from '@selkie/contract/libpod/container-files';
import { afterFirst, handler, raw } from '../../http/handler.ts';

export const exportRoot = handler(containerExport, async ({ path, engine, signal }) =>
  raw(await afterFirst(engine.containers.export(path.name, signal)), 'application/x-tar'),
);
