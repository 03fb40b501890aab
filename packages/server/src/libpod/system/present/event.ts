import type { Event } from '@selkie/contract/libpod/types/system';
import { compareVersions } from '@selkie/contract/versions';
import type { EngineEvent } from '@selkie/engine/events/event';
import { bareId } from '../../containers/present/image.ts';

/** The engine's words where podman has another one; undefined: podman does not tell of it. */
const ACTIONS: Readonly<Record<string, string | undefined>> = { exec_create: undefined, exec_start: 'exec' };

/** An event as podman's clients know it; undefined for one they do not. */
export function presentEvent(
  { type, action, id, name, attributes, time }: EngineEvent,
  version: string,
): Event | undefined {
  const word = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : action;
  if (word === undefined) return undefined;
  const { exitCode, health_status: health, ...rest } = attributes;
  const actor = type === 'image' ? bareId(id) : id;
  // Clients before 5.0 crash on an event without one, whatever it is about.
  const containerExitCode = exitCode ?? (compareVersions(version, '5.0.0') < 0 ? '0' : undefined);
  return {
    status: word,
    id: actor,
    ...(rest.image ? { from: rest.image } : {}),
    Type: type,
    Action: word,
    Actor: {
      ID: actor,
      Attributes: {
        image: '',
        podId: '',
        ...rest,
        name,
        ...(containerExitCode === undefined ? {} : { containerExitCode }),
      },
    },
    scope: 'local',
    time: Number(time / 1_000_000_000n),
    timeNano: Number(time),
    ...(health === undefined ? {} : { HealthStatus: health }),
  };
}
