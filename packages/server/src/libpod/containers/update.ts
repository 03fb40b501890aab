import { containerUpdate } from '@selkie/contract/libpod/containers';
import type { ContainerUpdateRequest } from '@selkie/contract/libpod/types/container-runtime';
import type { RestartDefinition } from '@selkie/engine/containers/definition';
import { handler, text } from '../../http/handler.ts';
import { invalid, unsupported } from '../../translate/refuse.ts';
import { changedResources } from './create/resources.ts';
import { restartDefinition } from './create/restart.ts';

export const update = handler(containerUpdate, async ({ path, query, body = {}, engine, signal }) => {
  refuseUndelivered(body);
  const { id } = engine.containers.inspect(path.name);
  const restart = restartOf(query);
  await engine.containers.update(id, { resources: changedResources(body), ...(restart ? { restart } : {}) }, signal);
  return text(201, `${id}\n`);
});

interface Policy {
  readonly restartPolicy?: string;
  readonly restartRetries?: number;
}

/** `on-failure:3` names the retries as well. */
function restartOf({ restartPolicy, restartRetries }: Policy): RestartDefinition | undefined {
  if (restartPolicy === undefined || restartPolicy === '') {
    if (restartRetries) invalid('restart retries need a restart policy');
    return undefined;
  }
  const [, name = '', retries] =
    /^([^:]*)(?::(\d{1,9}))?$/.exec(restartPolicy) ?? invalid(`invalid restart policy: ${restartPolicy}`);
  return restartDefinition(name, retries === undefined ? (restartRetries ?? 0) : Number(retries));
}

const DELIVERED: readonly (keyof ContainerUpdateRequest)[] = ['memory', 'cpu', 'pids', 'blockIO'];

/** Nothing is accepted that would change nothing: what asks for anything else is refused by name. */
function refuseUndelivered(body: ContainerUpdateRequest): void {
  if (body.memory?.swappiness !== undefined) unsupported('update of memory.swappiness', 'not delivered yet');
  if (body.memory?.disableOOMKiller) unsupported('update of memory.disableOOMKiller', 'not delivered yet');
  for (const [field, value] of Object.entries(body)) {
    const empty = !value || (typeof value === 'object' && Object.keys(value).length === 0);
    if (!empty && !DELIVERED.some((name) => name === field)) unsupported(`update of ${field}`, 'not delivered yet');
  }
}
