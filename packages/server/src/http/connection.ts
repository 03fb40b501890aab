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
