import type { Engine } from '@selkie/engine';

/** IDs of the containers of each image, by image ID. */
export function containersOf(engine: Engine): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, string[]>();
  for (const { id, image } of engine.containers.all()) {
    if (image === undefined) continue;
    const known = ids.get(image.id);
    if (known) known.push(id);
    else ids.set(image.id, [id]);
  }
  return ids;
}
