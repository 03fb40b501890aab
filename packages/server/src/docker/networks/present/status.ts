import type { NetworkStatus } from '@selkie/contract/docker/types/network-inspect';
import type { Lease } from '@selkie/engine/networks/ipam';
import type { NetworkRecord } from '@selkie/engine/networks/record';
import { usageOf } from '@selkie/engine/networks/usage';

/** How full a network's subnets are. */
export function presentStatus({ subnets }: NetworkRecord, leases: readonly Lease[]): NetworkStatus {
  const Subnets = Object.fromEntries(
    subnets.map((subnet) => {
      const { used, free } = usageOf(subnet, leases);
      return [subnet.subnet, { IPsInUse: used, DynamicIPsAvailable: free }];
    }),
  );
  return { IPAM: { Subnets } };
}
