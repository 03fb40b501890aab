import type { EventMessage } from '@selkie/contract/docker/types/system';
import { compareVersions } from '@selkie/contract/versions';
import type { EngineEvent } from '@selkie/engine/events/event';
import { familiar, parseStored } from '@selkie/engine/images/reference';
import { networkName } from '../../containers/present/names.ts';

/** An event in Docker's words. */
export type DockerEvent = Pick<EventMessage, 'Type' | 'Action' | 'Actor'>;

const CONTAINER_ACTIONS: Readonly<Record<string, string>> = { died: 'die', remove: 'destroy', exec_died: 'exec_die' };

export function translateEvent(event: EngineEvent): DockerEvent {
  switch (event.type) {
    case 'container':
      return containerEvent(event);
    case 'image':
      return imageEvent(event);
    case 'network':
      return { ...otherEvent(event), Actor: { ID: event.id, Attributes: networkAttributes(event) } };
    default:
      return otherEvent(event);
  }
}

/** Actions that say what they are about do so after a colon. */
function containerEvent({ type, action, id, attributes }: EngineEvent): DockerEvent {
  const { execCommand, health_status: health, ...rest } = attributes;
  const about = action === 'exec_create' || action === 'exec_start' ? execCommand : health;
  const word = CONTAINER_ACTIONS[action] ?? action;
  return {
    Type: type,
    Action: about === undefined || action === 'exec_died' ? word : `${word}: ${about}`,
    Actor: { ID: id, Attributes: rest },
  };
}

/** A pull is of a name, everything else of an image, and what a name is taken from goes by its ID. */
function imageEvent({ type, action, id, name, attributes }: EngineEvent): DockerEvent {
  if (action === 'pull') {
    const reference = parseStored(name);
    const { tag: _, digest: __, ...repository } = reference;
    return {
      Type: type,
      Action: action,
      Actor: { ID: familiar(reference), Attributes: { ...attributes, name: familiar(repository) } },
    };
  }
  const named = action === 'tag' ? familiar(parseStored(name)) : id;
  return {
    Type: type,
    Action: action === 'remove' ? 'delete' : action,
    Actor: { ID: id, Attributes: { ...attributes, ...(id ? { name: named } : {}) } },
  };
}

function networkAttributes({ name, attributes }: EngineEvent): Record<string, string> {
  return { ...attributes, ...(name ? { name: networkName(name) } : {}) };
}

function otherEvent({ type, action, id, attributes }: EngineEvent): DockerEvent {
  return {
    Type: type,
    Action: action === 'remove' ? 'destroy' : action,
    Actor: { ID: id, Attributes: { ...attributes } },
  };
}

/** @param version before 1.52 some of it is said twice */
export function presentEvent(event: DockerEvent, time: bigint, version: string): EventMessage {
  const { Type, Action, Actor } = event;
  const twice = compareVersions(version, '1.52') < 0 && (Type === 'container' || Type === 'image');
  const from = Type === 'container' ? Actor.Attributes.image : undefined;
  return {
    ...(twice ? { status: Action, id: Actor.ID, ...(from ? { from } : {}) } : {}),
    Type,
    Action,
    Actor,
    scope: 'local',
    time: Number(time / 1_000_000_000n),
    timeNano: Number(time),
  };
}
