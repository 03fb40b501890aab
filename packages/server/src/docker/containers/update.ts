import { containerUpdate } from '@selkie/contract/docker/containers';
import type { ContainerUpdateRequest } from '@selkie/contract/docker/types/container-create';
import type { ChangeableResources } from '@selkie/engine/containers/update';
import { handler, json } from '../../http/handler.ts';
import { unsupported } from '../../translate/refuse.ts';
import { restartDefinition } from './create/definition.ts';
import { resourcesDefinition } from './create/resources.ts';

export const update = handler(containerUpdate, async ({ path, body, engine, signal }) => {
  refuseFixed(body);
  // Clients send every field; a policy without a name is none.
  const restart = body.RestartPolicy?.Name ? restartDefinition(body) : undefined;
  const change = { resources: changedResources(body), ...(restart && { restart }) };
  const warnings = await engine.containers.update(path.id, change, signal);
  return json(200, { Warnings: warnings.length > 0 ? warnings : null });
});

function changedResources(body: ContainerUpdateRequest): ChangeableResources {
  const { pidsLimit: _, throttle, ulimits, ...resources } = resourcesDefinition(body);
  return { ...resources, ...(body.PidsLimit === undefined ? {} : { pidsLimit: body.PidsLimit || -1 }) };
}

const FIXED = [
  'BlkioDeviceReadBps',
  'BlkioDeviceReadIOps',
  'BlkioDeviceWriteBps',
  'BlkioDeviceWriteIOps',
  'BlkioWeightDevice',
  'CgroupParent',
  'DeviceCgroupRules',
  'DeviceRequests',
  'Devices',
  'Init',
  'OomKillDisable',
  'Ulimits',
] as const;

/** What no runtime changes of a container that is there: refused, not passed over. */
function refuseFixed(body: ContainerUpdateRequest): void {
  const { MemorySwappiness = -1 } = body;
  if (MemorySwappiness !== -1) unsupported('update of MemorySwappiness', FIXED_REASON);
  for (const field of FIXED) {
    const value = body[field];
    if (Array.isArray(value) ? value.length > 0 : value) unsupported(`update of ${field}`, FIXED_REASON);
  }
}

const FIXED_REASON = 'it is settled when a container is created';
