import type { NetworkRecord } from '../../src/networks/record.ts';
import type { HostNetwork } from '../../src/ports/host-network.ts';
import type { NetworkDriver } from '../../src/ports/network-driver.ts';

/** A host with given subnets and interfaces, on which nothing is really made. Remembers what it was asked. */
export class FakeNetworkDriver implements NetworkDriver, HostNetwork {
  readonly calls: string[] = [];
  hostSubnets: string[] = [];
  interfaces: string[] = [];
  #nextPort = 40_000;

  createNamespace(containerId: string): string {
    this.calls.push(`createNamespace ${containerId}`);
    return `/fake/${containerId}`;
  }
  removeNamespace(containerId: string): void {
    this.calls.push(`removeNamespace ${containerId}`);
  }
  async ensureNetwork(network: NetworkRecord): Promise<void> {
    this.calls.push(`ensureNetwork ${network.name}`);
  }
  async removeNetwork(network: NetworkRecord): Promise<void> {
    this.calls.push(`removeNetwork ${network.name}`);
  }
  async updateNetwork(network: NetworkRecord): Promise<void> {
    this.calls.push(`updateNetwork ${network.name}`);
  }
  async change({ containerId }: { containerId: string }): Promise<void> {
    this.calls.push(`change ${containerId}`);
  }
  async attach({ containerId }: { containerId: string }): Promise<void> {
    this.calls.push(`attach ${containerId}`);
  }
  async detach({ containerId }: { containerId: string }): Promise<void> {
    this.calls.push(`detach ${containerId}`);
  }
  allocatePort(): number {
    return this.#nextPort++;
  }
  async reconcile(): Promise<void> {
    this.calls.push('reconcile');
  }
  async close(): Promise<void> {
    this.calls.push('close');
  }
  subnets(): string[] {
    return this.hostSubnets;
  }
  hasInterface(name: string): boolean {
    return this.interfaces.includes(name);
  }
}
