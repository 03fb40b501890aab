export interface Subnet {
  /** CIDR, e.g. `10.88.0.0/16`. */
  readonly subnet: string;
  readonly gateway?: string;
  /** First and last address leases are taken from. */
  readonly range?: { readonly start: string; readonly end: string };
  /** Addresses never leased, by what they belong to. */
  readonly reserved?: Readonly<Record<string, string>>;
}

/** A network as stored. */
export interface NetworkRecord {
  /** 64 hex digits. */
  readonly id: string;
  readonly name: string;
  readonly driver: 'bridge' | 'host' | 'none';
  readonly created: string;
  readonly interfaceName: string;
  readonly subnets: readonly Subnet[];
  readonly ipv4: boolean;
  readonly ipv6: boolean;
  /** No route to the outside. */
  readonly internal: boolean;
  /** Containers find each other by name (aardvark-dns). */
  readonly dns: boolean;
  readonly dnsServers: readonly string[];
  readonly attachable: boolean;
  readonly isolate: boolean;
  readonly mtu?: number;
  /** False: containers keep their own address towards the outside. Default true. */
  readonly masquerade?: boolean;
  /** False: containers of this network reach the outside but not each other. Default true. */
  readonly interContainer?: boolean;
  /** False: no default route through this network. Default true. */
  readonly defaultRoute?: boolean;
  /** Metric of the default route. */
  readonly metric?: number;
  /** Host address ports are published on where a mapping names none. */
  readonly hostBinding?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly options: Readonly<Record<string, string>>;
  readonly ipamOptions: Readonly<Record<string, string>>;
  readonly routes: readonly { readonly destination: string; readonly gateway: string; readonly metric?: number }[];
}
