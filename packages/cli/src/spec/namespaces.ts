import { UsageError } from '../failure.ts';
import type { Spec } from './spec.ts';

/** `host`, `private`, `container:NAME`, `ns:PATH` and the like. @throws UsageError */
export function namespace(option: string, text: string | undefined): Spec['pidns'] {
  if (text === undefined) return undefined;
  const colon = text.indexOf(':');
  const mode = colon === -1 ? text : text.slice(0, colon);
  const value = colon === -1 ? undefined : text.slice(colon + 1);
  if ((mode === 'container' || mode === 'ns') && !value) {
    throw new UsageError(`invalid argument "${text}" for "${option}" flag: it names nothing after ${mode}:`);
  }
  return { nsmode: mode === 'ns' ? 'path' : mode, value };
}
