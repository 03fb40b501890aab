import { SelkieError } from '@selkie/contract';
import type { ImagesContext } from './context.ts';
import { type PullOptions, type PullResult, pullFrom, repositoryOf } from './pull.ts';
import { type FullReference, parseReference } from './reference.ts';

export interface PullAllOptions extends Omit<PullOptions, 'policy'> {
  /** Called as each tag is here. */
  readonly onPulled?: (result: PullResult) => void;
}

/**
 * Gets every tag of a repository, one after the other. Those pulled before one fails stay.
 * @throws SelkieError INVALID_PARAMETER for a name with a tag or digest, and as {@link pull} of pull.ts
 */
export async function pullAll(context: ImagesContext, text: string, options: PullAllOptions): Promise<PullResult[]> {
  const { place, tags } = await findTags(context, text, options);
  const results: PullResult[] = [];
  for (const tag of tags) {
    const result = await pullFrom(context, { ...place, tag }, options);
    results.push(result);
    options.onPulled?.(result);
  }
  return results;
}

/** Asks the places a name may stand for, in order. */
async function findTags(
  { registry }: ImagesContext,
  text: string,
  options: PullAllOptions,
): Promise<{ place: FullReference; tags: string[] }> {
  const reference = parseReference(text);
  if (reference.tag !== undefined || reference.digest !== undefined) {
    throw new SelkieError('INVALID_PARAMETER', { reason: `all tags of ${text} cannot be pulled: it names one` });
  }
  let failure: unknown;
  for (const place of options.names.remote(reference)) {
    options.onTry?.(place);
    try {
      return { place, tags: await registry.tags(repositoryOf(place, options), options.signal) };
    } catch (error) {
      if (options.signal.aborted) throw new SelkieError('CANCELLED', {}, { cause: error });
      failure = error;
    }
  }
  throw failure;
}
