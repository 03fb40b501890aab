import type { NetworkRecord } from './record.ts';

/** What a client asks a network to be, in the engine's own words. */
export interface NetworkDefinition {
  /** Undefined: the engine finds one. */
  readonly name?: string;
  /** Undefined: `bridge`. */
  readonly driver?: string;
  readonly subnets: readonly SubnetRequest[];
  /** Undefined: on. */
  readonly ipv4?: boolean;
  /** Undefined: on where a subnet is IPv6. */
  readonly ipv6?: boolean;
  readonly internal?: boolean;
  /** Undefined: on. */
  readonly dns?: boolean;
  readonly dnsServers?: readonly string[];
  readonly attachable?: boolean;
  readonly isolate?: boolean;
  readonly interfaceName?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Driver options, by libpod's or Docker's names. */
  readonly options?: Readonly<Record<string, string>>;
  readonly ipamDriver?: string;
  readonly ipamOptions?: Readonly<Record<string, string>>;
  readonly routes?: NetworkRecord['routes'];
}

export interface SubnetRequest {
  /** Undefined: a free one of the family of the other members, IPv4 where there are none. */
  readonly subnet?: string;
  readonly gateway?: string;
  /** CIDR, or first and last address; one left out is the subnet's. */
  readonly range?: string | { readonly start?: string; readonly end?: string };
  /** Addresses never leased, by what they belong to. */
  readonly reserved?: Readonly<Record<string, string>>;
}
