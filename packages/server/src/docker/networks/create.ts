import { networkCreate } from '@selkie/contract/docker/networks';
import { handler, json } from '../../http/handler.ts';
import { networkDefinition } from './definition.ts';

export const create = handler(networkCreate, ({ body, engine }) => {
  const { id } = engine.networks.create(networkDefinition(body));
  return json(201, { Id: id, Warning: '' });
});
