/** What the host itself has on the network, so that ours keeps clear of it. */
export interface HostNetwork {
  /** Subnets of its addresses and routes other than default routes and this service's own bridges, as CIDR. */
  subnets(): string[];
  /** An interface of this name that is no bridge of this service's own. */
  hasInterface(name: string): boolean;
}
