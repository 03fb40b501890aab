import { randomBytes, randomInt } from 'node:crypto';
import { SelkieError } from '@selkie/contract';
import type { ContainerStore } from './store.ts';

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;
/** It becomes an argument of its monitor's and a word of files that name it. */
const MAX_NAME = 255;

/** 64 hex digits, never all decimal in the first twelve: a short ID must not look like a number. */
export function newId(): string {
  for (;;) {
    const id = randomBytes(32).toString('hex');
    if (/[a-f]/.test(id.slice(0, 12))) return id;
  }
}

/** @throws SelkieError INVALID_PARAMETER, NAME_IN_USE */
export function claimName(store: ContainerStore, wanted: string): string {
  const name = wanted.replace(/^\//, '');
  if (name.length > MAX_NAME) {
    throw new SelkieError('INVALID_PARAMETER', { reason: `a container name has at most ${MAX_NAME} characters` });
  }
  if (!NAME.test(name)) {
    throw new SelkieError('INVALID_PARAMETER', {
      reason: `Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`,
    });
  }
  const holder = store.idOfName(name);
  if (holder !== undefined) throw new SelkieError('NAME_IN_USE', { name, id: holder });
  return name;
}

const ADJECTIVES =
  'amber brisk calm deft early fair glad hardy idle jolly keen lucid mellow neat open proud quiet rapid silver tidy urban vivid warm young zesty'.split(
    ' ',
  );
const ANIMALS =
  'auk brant cod dunlin eider fulmar gannet heron ide jaeger kelp limpet murre narwhal otter puffin quahog ray seal tern urchin vole whelk xema yak'.split(
    ' ',
  );

/** A free name like `quiet_puffin`, with a number once the plain ones run out. */
export function inventName(store: ContainerStore): string {
  const pick = (words: readonly string[]) => words[randomInt(words.length)] ?? '';
  for (let attempt = 0; ; attempt++) {
    const name = `${pick(ADJECTIVES)}_${pick(ANIMALS)}${attempt < 3 ? '' : randomInt(10 ** Math.min(attempt, 9))}`;
    if (store.idOfName(name) === undefined) return name;
  }
}
