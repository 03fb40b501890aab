import { SelkieError } from '@selkie/contract';
import type { SecurityDefinition } from '../definition.ts';
import type { HostFacts } from './host.ts';

/** The AppArmor member of a process, where a profile is asked for. */
export function apparmorProfile(security: SecurityDefinition, host: HostFacts): { apparmorProfile?: string } {
  const profile = security.apparmor;
  if (profile === undefined || profile === '' || profile === 'unconfined') return {};
  if (!host.apparmor) {
    throw new SelkieError('INVALID_PARAMETER', {
      reason: `AppArmor profile "${profile}" specified, but AppArmor is not enabled on this host`,
    });
  }
  return { apparmorProfile: profile };
}
