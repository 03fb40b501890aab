import type { Areas } from '@selkie/bindings';
import { ago, goTime } from '../format/age.ts';
import type { Row } from '../format/report.ts';
import { decimalSize } from '../format/size.ts';

export type Image = Awaited<ReturnType<Areas['images']['list']>>[number];

export const IMAGE_HEADERS = { ID: 'IMAGE ID', CreatedSince: 'CREATED' };

const NONE = '<none>';

/** What templates of `images` see: a row for every name of an image. */
export function imageRows(image: Image, noTrunc: boolean): Row[] {
  const names = image.RepoTags?.length ? image.RepoTags : [undefined];
  const created = ago(image.Created);
  return names.map((name) => ({
    ...image,
    ID: noTrunc ? `sha256:${image.Id}` : image.Id.slice(0, 12),
    ...repositoryAndTag(name ?? image.RepoDigests?.[0]),
    Digest: image.Digest ?? NONE,
    Created: created,
    CreatedSince: created,
    CreatedAt: goTime(new Date(image.Created * 1000)),
    Size: decimalSize(image.Size, 3, ' '),
    VirtualSize: decimalSize(image.VirtualSize, 3, ' '),
    Containers: image.Containers,
  }));
}

/** A name's last colon begins its tag, unless it belongs to the registry's port. */
export function repositoryAndTag(name: string | undefined): { readonly Repository: string; readonly Tag: string } {
  const [, digested] = /^(.*)@/.exec(name ?? '') ?? [];
  if (digested !== undefined) return { Repository: digested, Tag: NONE };
  const [, repository, tag] = /^(.*):([^/:]*)$/.exec(name ?? '') ?? [];
  return { Repository: repository ?? name ?? NONE, Tag: tag ?? NONE };
}
