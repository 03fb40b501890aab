import { imageHistory } from '@selkie/contract/docker/images';
import type { ImageHistoryResponseItem } from '@selkie/contract/docker/types/images';
import { compareVersions } from '@selkie/contract/versions';
import type { HistoryStep } from '@selkie/engine/images/history';
import { handler, json } from '../../http/handler.ts';
import { forPlatform } from './platform.ts';
import { repoTags } from './present/names.ts';

export const history = handler(imageHistory, ({ path, query, version, engine }) => {
  const platform = compareVersions(version, '1.48') >= 0 ? query.platform : undefined;
  const image = forPlatform(engine.images.find(path.name), path.name, platform);
  return json(200, engine.images.history(image).map(presentStep));
});

function presentStep({ image, created, createdBy, comment, size }: HistoryStep): ImageHistoryResponseItem {
  const tags = image ? repoTags(image) : [];
  return {
    Comment: comment ?? '',
    Created: Math.floor(Date.parse(created ?? '') / 1000) || 0,
    CreatedBy: createdBy ?? '',
    Id: image?.id ?? '<missing>',
    Size: size,
    Tags: tags.length > 0 ? tags : null,
  };
}
