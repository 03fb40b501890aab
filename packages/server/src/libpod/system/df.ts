import { systemDataUsage } from '@selkie/contract/libpod/system';
import { layerSizes } from '@selkie/engine/images/sizes';
import { handler, json } from '../../http/handler.ts';
import { containersOf } from '../../present/containers-of.ts';
import { measureAll } from '../../present/measure.ts';
import { containerRow, imageRows, volumeRow } from './present/df.ts';

/** Walks what containers wrote and what volumes hold; images are known. */
export const df = handler(systemDataUsage, async ({ engine, signal }) => {
  const images = engine.images.list();
  const sizes = layerSizes(images);
  const containers = containersOf(engine);
  const [containerRows, volumeRows] = await Promise.all([
    measureAll(engine.containers.all(), async (record) =>
      containerRow(record, await engine.containers.size(record.id, signal)),
    ),
    measureAll(engine.volumes.list(), async ({ name }) =>
      volumeRow(name, await engine.volumes.size(name, signal), engine.volumes.usersOf(name).length),
    ),
  ]);
  return json(200, {
    ImagesSize: sizes.total,
    Images: images.flatMap((image) =>
      imageRows(image, { shared: sizes.shared(image), containers: containers.get(image.id)?.length ?? 0 }),
    ),
    Containers: containerRows,
    Volumes: volumeRows,
  });
});
