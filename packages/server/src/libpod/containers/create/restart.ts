import type { RestartDefinition } from '@selkie/engine/containers/definition';
import { invalid } from '../../../translate/refuse.ts';

/** A restart policy by its name. @throws SelkieError INVALID_PARAMETER */
export function restartDefinition(name: string, maximumRetries: number): RestartDefinition {
  switch (name) {
    case '':
    case 'no':
      return { policy: 'no', maximumRetries };
    case 'always':
    case 'on-failure':
    case 'unless-stopped':
      return { policy: name, maximumRetries };
    default:
      return invalid(`invalid restart policy: ${name}`);
  }
}
