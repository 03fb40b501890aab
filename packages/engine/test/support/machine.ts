import { execFileSync } from 'node:child_process';
import { createNetns, removeNetns } from '@selkie/native/netns';

/** Another machine on a wire to the host: 192.168.77.2 and fd77::2, the host being 192.168.77.1 and fd77::1. */
export class Machine implements Disposable {
  readonly namespace: string;
  readonly address = '192.168.77.2';
  readonly address6 = 'fd77::2';
  readonly host = '192.168.77.1';
  readonly host6 = 'fd77::1';

  constructor(path: string) {
    this.namespace = path;
    createNetns(path);
    ip(`link add uplink type veth peer name wire netns ${path}`);
    ip('addr add 192.168.77.1/24 dev uplink');
    ip('addr add fd77::1/64 dev uplink nodad');
    ip('link set uplink up');
    this.ip('link set lo up');
    this.ip('addr add 192.168.77.2/24 dev wire');
    this.ip('addr add fd77::2/64 dev wire nodad');
    this.ip('link set wire up');
  }

  /** Sends a container subnet's traffic to the host, as a neighbour who means to get in would. */
  routeTo(subnet: string): void {
    this.ip(`route add ${subnet} via ${subnet.includes(':') ? this.host6 : this.host}`);
  }

  ip(command: string): void {
    execFileSync('nsenter', [`--net=${this.namespace}`, 'ip', ...command.split(' ')]);
  }

  [Symbol.dispose](): void {
    ip('link del uplink');
    removeNetns(this.namespace);
  }
}

function ip(command: string): void {
  execFileSync('ip', command.split(' '));
}
