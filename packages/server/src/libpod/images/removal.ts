import { isSelkieError } from '@selkie/contract';
import type { ImageRemoveReport } from '@selkie/contract/libpod/types/images';
import type { Engine } from '@selkie/engine';
import type { Removal } from '@selkie/engine/images/remove';
import { errorText } from '../containers/error-text.ts';
import { bareId } from '../containers/present/image.ts';

export interface RemovalOptions {
  /** With the containers that use it, running or not. */
  readonly force: boolean;
  readonly noprune: boolean;
}

/**
 * Removes an image as podman does: with force its containers go first.
 * @throws SelkieError NO_SUCH_IMAGE, AMBIGUOUS_ID, IMAGE_IN_USE, INVALID_PARAMETER; the signal's reason on abort
 */
export async function removeImage(
  engine: Engine,
  name: string,
  { force, noprune }: RemovalOptions,
  signal: AbortSignal,
): Promise<Removal> {
  const image = engine.images.find(name, engine.shortNames);
  if (force) {
    for (const container of engine.containers.all().filter((one) => one.image?.id === image.id)) {
      await engine.containers.remove(container.id, { force: true }, signal);
    }
  }
  return engine.images.remove(name, { names: engine.shortNames, force, noprune });
}

/** What podman's client makes its exit status of: 1 where there was no such image, 2 where one is in use. */
export function report(removals: readonly Removal[], errors: readonly unknown[] = []): ImageRemoveReport {
  const untagged = removals.flatMap((one) => one.untagged).filter((name) => !name.includes('@'));
  const deleted = removals.flatMap((one) => one.deleted).map(({ id }) => bareId(id));
  return {
    ...(deleted.length > 0 && { Deleted: deleted }),
    ...(untagged.length > 0 && { Untagged: untagged }),
    ExitCode: exitCode(errors),
    Errors: errors.map(errorText),
  };
}

function exitCode(errors: readonly unknown[]): number {
  if (errors.length === 0) return 0;
  if (errors.some((error) => isSelkieError(error, 'IMAGE_IN_USE'))) return 2;
  return errors.every((error) => isSelkieError(error, 'NO_SUCH_IMAGE')) ? 1 : 125;
}
