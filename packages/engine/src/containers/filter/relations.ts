import { isSelkieError } from '@selkie/contract';
import type { ContainerContext, RunnableImage } from '../context.ts';
import type { ContainerRecord } from '../record.ts';

type Test = (record: ContainerRecord) => boolean;

/** Containers of an image or of one that stands on it. What was made of an image whose name has gone is still found by that name. */
export function ancestorFilter(references: readonly string[], ctx: ContainerContext): Test {
  const ancestors = references.map((reference) => ({ reference, image: known(ctx, reference) }));
  return ({ image: of }) =>
    of !== undefined &&
    ancestors.some(({ reference, image }) =>
      image === undefined ? wasNamed(of, reference) : of.id === image.id || standsOn(of.chainIds, image.chainIds),
    );
}

function known(ctx: ContainerContext, reference: string): RunnableImage | undefined {
  try {
    return ctx.images.runnable(reference);
  } catch (error) {
    if (isSelkieError(error, 'NO_SUCH_IMAGE') || isSelkieError(error, 'INVALID_PARAMETER')) return undefined;
    throw error;
  }
}

function standsOn(chainIds: readonly string[], base: readonly string[]): boolean {
  // Chain IDs hash everything below them: where the topmost of the base is the same, so is the rest.
  return base.length > 0 && chainIds[base.length - 1] === base.at(-1);
}

function wasNamed(of: { readonly id: string; readonly name: string }, reference: string): boolean {
  const prefix = reference.replace(/^sha256:/, '');
  return (
    of.name === reference ||
    of.name === `${reference}:latest` ||
    (/^[0-9a-f]{12,64}$/.test(prefix) && of.id.replace(/^sha256:/, '').startsWith(prefix))
  );
}

/** Containers made before every one named. @throws SelkieError NO_SUCH_CONTAINER, AMBIGUOUS_ID */
export function beforeFilter(references: readonly string[], ctx: ContainerContext): Test {
  const others = references.map((reference) => ctx.store.find(reference).created);
  return ({ created }) => others.every((other) => created < other);
}

/** Containers made after every one named. @throws SelkieError NO_SUCH_CONTAINER, AMBIGUOUS_ID */
export function sinceFilter(references: readonly string[], ctx: ContainerContext): Test {
  const others = references.map((reference) => ctx.store.find(reference).created);
  return ({ created }) => others.every((other) => created > other);
}

/** A volume's name, a mount's source or target, or `source:target`. */
export function volumeFilter(values: readonly string[]): Test {
  return ({ volumes, definition }) => {
    const binds = definition.mounts.flatMap((mount) =>
      mount.type === 'bind' ? [{ source: mount.source, target: mount.target }] : [],
    );
    const mounted = [...binds, ...volumes.map(({ name, target }) => ({ source: name, target }))];
    const targets = definition.mounts.map(({ target }) => target);
    return values.some(
      (value) =>
        targets.includes(value) ||
        mounted.some(({ source, target }) => value === source || value === target || value === `${source}:${target}`),
    );
  };
}

/** A network's name or ID, `host`, `none`, or `container:<name or ID>`. */
export function networkFilter(values: readonly string[], ctx: ContainerContext): Test {
  const shared = values.flatMap((value) =>
    value.startsWith('container:') ? [ctx.store.find(value.slice('container:'.length))] : [],
  );
  return ({ endpoints, definition: { network } }) => {
    const { mode } = network;
    if (mode.kind === 'container') {
      return shared.some(({ id, name }) => mode.container === name || id.startsWith(mode.container));
    }
    if ((mode.kind === 'host' || mode.kind === 'none') && values.includes(mode.kind)) return true;
    return endpoints.some(({ networkId, networkName }) =>
      values.some((value) => value === networkName || isIdPrefix(value, networkId)),
    );
  };
}

function isIdPrefix(value: string, id: string): boolean {
  return /^[0-9a-f]{4,64}$/.test(value) && id.startsWith(value);
}
