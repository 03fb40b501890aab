import type { IPAMConfigRequest, NetworkCreateRequest } from '@selkie/contract/docker/types/networks';
import type { NetworkDefinition, SubnetRequest } from '@selkie/engine/networks/definition';
import { invalid, unsupported } from '../../translate/refuse.ts';

/** Docker's create body in the engine's words; its networks do not reach each other. @throws SelkieError INVALID_PARAMETER, UNSUPPORTED */
export function networkDefinition(body: NetworkCreateRequest): NetworkDefinition {
  refuseUndelivered(body);
  if (!body.Name) invalid('network name must be specified');
  const { Driver, Config = [], Options = {} } = body.IPAM ?? {};
  return {
    name: body.Name,
    ...(body.Driver && body.Driver !== 'default' ? { driver: body.Driver } : {}),
    subnets: Config.map(subnetRequest),
    ...(body.EnableIPv4 === undefined ? {} : { ipv4: body.EnableIPv4 }),
    ...(body.EnableIPv6 === undefined ? {} : { ipv6: body.EnableIPv6 }),
    internal: body.Internal ?? false,
    attachable: body.Attachable ?? false,
    isolate: true,
    labels: body.Labels ?? {},
    options: body.Options ?? {},
    ...(Driver ? { ipamDriver: Driver } : {}),
    ipamOptions: Options,
  };
}

function refuseUndelivered({ Ingress, ConfigOnly, ConfigFrom, Scope }: NetworkCreateRequest): void {
  if (Ingress) unsupported('Ingress', 'it belongs to swarms');
  if (ConfigOnly || ConfigFrom?.Network) unsupported('a configuration network', 'it belongs to swarms');
  if (Scope && Scope !== 'local') unsupported(`network scope ${Scope}`, 'this node is not part of a swarm');
}

function subnetRequest({ Subnet, IPRange, Gateway, AuxiliaryAddresses }: IPAMConfigRequest): SubnetRequest {
  return {
    ...(Subnet ? { subnet: Subnet } : {}),
    ...(IPRange ? { range: IPRange } : {}),
    ...(Gateway ? { gateway: Gateway } : {}),
    ...(Object.keys(AuxiliaryAddresses ?? {}).length > 0 ? { reserved: AuxiliaryAddresses ?? {} } : {}),
  };
}
