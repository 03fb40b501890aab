import { containerCreate } from '@selkie/contract/libpod/containers';
import { handler, json } from '../../http/handler.ts';
import { containerDefinition } from './create/definition.ts';

export const create = handler(containerCreate, async ({ body, engine }) => {
  const record = await engine.containers.create(containerDefinition(body), engine.shortNames);
  return json(201, { Id: record.id, Warnings: record.warnings });
});
