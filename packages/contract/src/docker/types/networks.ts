import * as t from '../../schema.ts';
import { EndpointConfig } from './container-config.ts';

export const ConfigReferenceRequest = t.partial({ Network: t.string() });
export type ConfigReferenceRequest = t.Static<typeof ConfigReferenceRequest>;

export const IPAMConfigRequest = t.partial({
  Subnet: t.string(),
  IPRange: t.string(),
  Gateway: t.string(),
  AuxiliaryAddresses: t.record(t.string()),
});
export type IPAMConfigRequest = t.Static<typeof IPAMConfigRequest>;

export const IPAMRequest = t.partial({
  Driver: t.string(),
  Config: t.array(IPAMConfigRequest),
  Options: t.record(t.string()),
});
export type IPAMRequest = t.Static<typeof IPAMRequest>;

export const NetworkCreateRequest = t.partial({
  Name: t.string(),
  Driver: t.string(),
  Scope: t.string(),
  Internal: t.boolean(),
  Attachable: t.boolean(),
  Ingress: t.boolean(),
  ConfigOnly: t.boolean(),
  ConfigFrom: ConfigReferenceRequest,
  IPAM: IPAMRequest,
  EnableIPv4: t.boolean(),
  EnableIPv6: t.boolean(),
  Options: t.record(t.string()),
  Labels: t.record(t.string()),
});
export type NetworkCreateRequest = t.Static<typeof NetworkCreateRequest>;

export const NetworkConnectRequest = t.partial({ Container: t.string(), EndpointConfig: EndpointConfig });
export type NetworkConnectRequest = t.Static<typeof NetworkConnectRequest>;

export const NetworkDisconnectRequest = t.partial({ Container: t.string(), Force: t.boolean() });
export type NetworkDisconnectRequest = t.Static<typeof NetworkDisconnectRequest>;

export const NetworkCreateResponse = t.object({ Id: t.string(), Warning: t.string() });
export type NetworkCreateResponse = t.Static<typeof NetworkCreateResponse>;

export const NetworkPruneResponse = t.object({ NetworksDeleted: t.nullable(t.array(t.string())) });
export type NetworkPruneResponse = t.Static<typeof NetworkPruneResponse>;
