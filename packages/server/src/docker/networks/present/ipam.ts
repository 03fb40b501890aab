import type { IPAM, IPAMConfig } from '@selkie/contract/docker/types/network-inspect';
import { blockOfRange } from '@selkie/engine/networks/address';
import type { NetworkRecord, Subnet } from '@selkie/engine/networks/record';
import { orNull } from '../../containers/present/names.ts';

export function presentIpam({ subnets, ipamOptions }: NetworkRecord): IPAM {
  return {
    Driver: 'default',
    Options: Object.keys(ipamOptions).length > 0 ? { ...ipamOptions } : null,
    Config: orNull(subnets.map(presentSubnet)),
  };
}

/** A range that is no block (libpod's clients give any two addresses) has no place here. */
function presentSubnet({ subnet, gateway, range, reserved }: Subnet): IPAMConfig {
  const block = range && blockOfRange(range);
  return {
    Subnet: subnet,
    ...(block ? { IPRange: block } : {}),
    ...(gateway ? { Gateway: gateway } : {}),
    ...(reserved ? { AuxiliaryAddresses: { ...reserved } } : {}),
  };
}
