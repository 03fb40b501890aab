import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** Who is at the other end, as far as the listener knows. */
export interface Connection {
  /** The listener's URI. */
  readonly listener: string;
  readonly transport: 'unix' | 'tcp';
  /** Remote address of a TCP client. */
  readonly address?: string;
  /** Subject common name and SHA-256 fingerprint of a verified client certificate. */
  readonly certificate?: { readonly name: string; readonly fingerprint: string };
}

/** Describes an accepted connection. */
export function describeConnection(socket: Socket, listener: string): Connection {
  const address = socket.remoteAddress;
  if (address === undefined) return { listener, transport: 'unix' };
  if (!(socket instanceof TLSSocket) || !socket.authorized) return { listener, transport: 'tcp', address };
  const { subject, fingerprint256 } = socket.getPeerCertificate();
  return {
    listener,
    transport: 'tcp',
    address,
    certificate: { name: [subject.CN].flat().join(), fingerprint: fingerprint256 },
  };
}
