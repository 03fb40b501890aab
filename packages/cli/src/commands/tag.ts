import { command, MANY } from '../command.ts';
import { repositoryAndTag } from '../images/columns.ts';

export const tag = command({
  usage: 'IMAGE NAME [NAME...]',
  options: {},
  count: [2, MANY],
  async run({ client }, _options, [image = '', ...names]) {
    for (const name of names) await client.images.tag(image, { query: target(name) });
    return 0;
  },
});

export const untag = command({
  usage: 'IMAGE [NAME...]',
  options: {},
  count: [1, MANY],
  async run({ client }, _options, [image = '', ...names]) {
    if (names.length === 0) await client.images.untag(image);
    for (const name of names) await client.images.untag(image, { query: target(name) });
    return 0;
  },
});

function target(name: string): { repo: string; tag: string } {
  const { Repository: repo, Tag } = repositoryAndTag(name);
  return { repo, tag: Tag === '<none>' ? 'latest' : Tag };
}
