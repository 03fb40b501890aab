import { containerCreate } from '@selkie/contract/docker/containers';
import { handler, json } from '../../http/handler.ts';
import { containerDefinition } from './create/definition.ts';

export const create = handler(containerCreate, async ({ query, body, engine }) => {
  const record = await engine.containers.create(containerDefinition(query.name, body));
  return json(201, { Id: record.id, Warnings: record.warnings });
});
