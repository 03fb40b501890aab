import { containerTop } from '@selkie/contract/docker/container-streams';
import { handler, json } from '../../http/handler.ts';

export const top = handler(containerTop, async ({ path, query, engine, signal }) => {
  const args = (query.ps_args ?? '').split(/\s+/).filter((arg) => arg !== '');
  const { titles, processes } = await engine.containers.top(path.id, { kind: 'ps', args }, signal);
  return json(200, { Titles: titles, Processes: processes });
});
