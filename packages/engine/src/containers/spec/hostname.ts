import { SelkieError } from '@selkie/contract';
import { hostnameOf } from '../files.ts';
import type { SpecInput } from './input.ts';

/** The members a runtime sets in the container's own UTS namespace; none in a shared one. */
export function utsNames(input: SpecInput): { hostname?: string; domainname?: string } {
  const { hostname, domainname, namespaces } = input.definition;
  if (['host', 'container', 'path'].includes(namespaces.uts.kind)) {
    if (hostname || domainname) {
      throw new SelkieError('INVALID_PARAMETER', { reason: 'conflicting options: hostname and the UTS mode' });
    }
    return {};
  }
  return { hostname: hostnameOf(input), ...(domainname && { domainname }) };
}
