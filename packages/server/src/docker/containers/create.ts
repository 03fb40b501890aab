import { containerCreate } from '@selkie/contract/docker/containers';
import { type Platform, parsePlatform } from '@selkie/engine/images/platform';
import { handler, json } from '../../http/handler.ts';
import { containerDefinition } from './create/definition.ts';

export const create = handler(containerCreate, async ({ query, body, engine }) => {
  const record = await engine.containers.create({
    ...containerDefinition(query.name, body),
    ...platformOf(query.platform),
  });
  return json(201, { Id: record.id, Warnings: record.warnings });
});

function platformOf(text: string | undefined): { platform?: Platform } {
  return text ? { platform: parsePlatform(text) } : {};
}
