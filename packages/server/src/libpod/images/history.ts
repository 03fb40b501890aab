import { imageHistory } from '@selkie/contract/libpod/images';
import type { ImageHistoryItem } from '@selkie/contract/libpod/types/images';
import type { HistoryStep } from '@selkie/engine/images/history';
import { handler, json } from '../../http/handler.ts';
import { bareId } from '../containers/present/image.ts';

export const history = handler(imageHistory, ({ path, engine }) =>
  json(200, engine.images.history(engine.images.find(path.name, engine.shortNames)).map(presentStep)),
);

function presentStep({ image, created, createdBy, comment, size }: HistoryStep): ImageHistoryItem {
  return {
    Id: image ? bareId(image.id) : '<missing>',
    Created: Math.floor(Date.parse(created ?? '') / 1000) || 0,
    CreatedBy: createdBy ?? '',
    Tags: image && image.names.length > 0 ? [...image.names] : null,
    Size: size,
    Comment: comment ?? '',
  };
}
