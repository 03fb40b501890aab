import type { SecurityDefinition } from '../definition.ts';
import { MASKED_PATHS, READONLY_PATHS } from './defaults.ts';

/** What of /proc and /sys is hidden and what is read-only; nothing for a privileged container that does not say otherwise. */
export function protectedPaths(security: SecurityDefinition): {
  maskedPaths: readonly string[];
  readonlyPaths: readonly string[];
} {
  return {
    maskedPaths: security.maskedPaths ?? (security.privileged ? [] : MASKED_PATHS),
    readonlyPaths: security.readonlyPaths ?? (security.privileged ? [] : READONLY_PATHS),
  };
}
