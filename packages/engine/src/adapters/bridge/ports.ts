import { isSelkieError, SelkieError } from '@selkie/contract';
import { SystemCallError } from '@selkie/native';
import { type HeldPort, holdPort } from '@selkie/native/port';
import type { PublishedPort } from '../../containers/record.ts';
import { addressBytes, parseAddress } from '../../networks/address.ts';

type Protocol = PublishedPort['protocol'];

/**
 * Host ports of running containers, each kept bound so that neither another container nor another program takes it. The packet filter
 * forwards before a socket would see anything.
 */
export class Ports {
  readonly #held = new Map<string, { readonly owner: string; readonly sockets: HeldPort }>();

  /** Takes all of them or none; those the owner has already are a success. @throws SelkieError PORT_IN_USE, HOST, INVALID_PARAMETER */
  hold(owner: string, ports: readonly PublishedPort[]): void {
    const taken: string[] = [];
    try {
      for (const port of ports) {
        const { protocol, hostIp, hostPort } = port;
        const key = keyOf(port);
        const held = this.#held.get(key);
        if (held?.owner === owner) continue;
        if (held) throw new SelkieError('PORT_IN_USE', { address: `${hostIp}:${hostPort}` });
        const sockets = open(protocol, hostIp, hostPort);
        if (sockets) this.#held.set(key, { owner, sockets });
        taken.push(key);
      }
    } catch (error) {
      for (const key of taken) this.#drop(key);
      throw error;
    }
  }

  /** Takes up again what the owner had before the service was away; what somebody bound meanwhile stays forwarded, just not held. */
  reclaim(owner: string, ports: readonly PublishedPort[]): void {
    for (const port of ports) {
      try {
        this.hold(owner, [port]);
      } catch (error) {
        if (!isSelkieError(error, 'PORT_IN_USE')) throw error;
      }
    }
  }

  /** Lets go of what the owner has beside these. */
  keep(owner: string, ports: readonly PublishedPort[]): void {
    const kept = new Set(ports.map(keyOf));
    for (const [key, held] of this.#held) if (held.owner === owner && !kept.has(key)) this.#drop(key);
  }

  release(owner: string): void {
    for (const [key, held] of this.#held) if (held.owner === owner) this.#drop(key);
  }

  releaseAll(): void {
    for (const key of this.#held.keys()) this.#drop(key);
  }

  #drop(key: string): void {
    this.#held.get(key)?.sockets[Symbol.dispose]();
    this.#held.delete(key);
  }
}

function keyOf({ protocol, hostIp, hostPort }: PublishedPort): string {
  return `${protocol} ${hostIp} ${hostPort}`;
}

/** A port of the ephemeral range that is free now. @throws SelkieError PORT_IN_USE, HOST, INVALID_PARAMETER */
export function freePort(protocol: Protocol, hostIp: string): number {
  using port = open(protocol, hostIp, 0);
  // Without SCTP in the kernel nothing can hold one of its ports either.
  return port ? port.port : freePort('tcp', hostIp);
}

/** Undefined where the kernel has no sockets of this protocol: it can still forward them. */
function open(protocol: Protocol, hostIp: string, hostPort: number): HeldPort | undefined {
  const address = parseAddress(hostIp);
  if (!address) throw new SelkieError('INVALID_PARAMETER', { reason: `invalid host IP address: ${hostIp}` });
  try {
    return holdPort(protocol, addressBytes(address), hostPort);
  } catch (cause) {
    if (!(cause instanceof SystemCallError)) throw cause;
    if (cause.code === 'EPROTONOSUPPORT') return undefined;
    const bind = hostIp.includes(':') ? `[${hostIp}]:${hostPort}` : `${hostIp}:${hostPort}`;
    if (cause.code === 'EADDRINUSE') throw new SelkieError('PORT_IN_USE', { address: bind }, { cause });
    throw new SelkieError('HOST', { reason: `cannot publish on ${bind}: ${cause.message}` }, { cause });
  }
}
