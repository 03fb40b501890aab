import { imageTree } from '@selkie/contract/libpod/images';
import { handler, json } from '../../http/handler.ts';
import { dependentsTree, layersTree } from './present/tree.ts';

export const tree = handler(imageTree, ({ path, query, engine }) => {
  const image = engine.images.find(path.name, engine.shortNames);
  return json(200, { Tree: query.whatrequires ? dependentsTree(image, engine.images.list()) : layersTree(image) });
});
