import { closeSync } from 'node:fs';
import { constants } from 'node:os';
import { check, libc, SystemCallError } from './libc.ts';
import { type Attribute, decodeAttributes, decodeString, encodeAttributes } from './netlink-attributes.ts';

export type { Attribute };

const AF_NETLINK = 16;
const SOCK_RAW = 3;
const SOCK_CLOEXEC = 0o2000000;
const NETLINK_ROUTE = 0;
const SOL_NETLINK = 270;
const NETLINK_CAP_ACK = 10;
const NETLINK_EXT_ACK = 11;

const HEADER = 16;
const NLMSG_ERROR = 2;
const NLMSG_DONE = 3;
const NLM_F_REQUEST = 0x01;
const NLM_F_ACK = 0x04;
const NLM_F_DUMP = 0x300;
const NLM_F_CAPPED = 0x100;
const NLM_F_ACK_TLVS = 0x200;
const NLMSGERR_ATTR_MSG = 1;

export const NLM_F_REPLACE = 0x100;
export const NLM_F_EXCL = 0x200;
export const NLM_F_CREATE = 0x400;

const socket = libc.func('int socket(int domain, int type, int protocol)');
const setsockopt = libc.func('int setsockopt(int fd, int level, int name, const void *value, uint32_t length)');
const send = libc.func('long send(int fd, const void *buffer, size_t length, int flags)');
const recv = libc.func('long recv(int fd, _Out_ void *buffer, size_t length, int flags)');

export interface NetlinkMessage {
  readonly type: number;
  /** The fixed part (struct ifinfomsg, ifaddrmsg, rtmsg …) followed by attributes. */
  readonly payload: Buffer;
}

/** What the kernel refuses, with its own explanation where it gives one. */
export class NetlinkError extends SystemCallError {
  constructor(operation: string, errno: number, explanation?: string) {
    super(operation, errno, explanation);
    this.name = 'NetlinkError';
  }
}

/**
 * A synchronous rtnetlink socket. It keeps talking to the namespace it was opened in, whichever thread or namespace uses it later;
 * the kernel does the work inside `send`, so a request costs no waiting.
 */
export class Netlink implements Disposable {
  readonly #fd: number;
  readonly #buffer = Buffer.allocUnsafe(1 << 16);
  #sequence = 0;

  constructor() {
    this.#fd = check('socket', socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE));
    const on = Buffer.from([1, 0, 0, 0]);
    // Both only make errors better; a kernel without them still works.
    setsockopt(this.#fd, SOL_NETLINK, NETLINK_EXT_ACK, on, 4);
    setsockopt(this.#fd, SOL_NETLINK, NETLINK_CAP_ACK, on, 4);
  }

  /** Sends one request and waits for its acknowledgement. @throws NetlinkError */
  request(operation: string, type: number, flags: number, fixed: Buffer, attributes: readonly Attribute[] = []): void {
    this.#send(type, flags | NLM_F_ACK, fixed, attributes);
    this.#receive(operation);
  }

  /**
   * The same request made by a thread of the pool, on a socket of its own: for what the kernel takes long over (deleting an interface waits
   * 20 ms for readers to leave). @throws NetlinkError
   */
  static async requestAside(
    operation: string,
    type: number,
    fixed: Buffer,
    attributes: readonly Attribute[],
  ): Promise<void> {
    using aside = new Netlink();
    const message = aside.#encode(type, NLM_F_ACK, fixed, attributes);
    const sent = await new Promise<number>((resolve, reject) => {
      send.async(aside.#fd, message, message.length, 0, (error: unknown, result: number) =>
        error ? reject(error) : resolve(Number(result)),
      );
    });
    if (sent < 0) throw new NetlinkError(operation, constants.errno.EIO);
    aside.#receive(operation);
  }

  /** Asks for one object. @throws NetlinkError (ENODEV, ENOENT where there is none) */
  get(operation: string, type: number, fixed: Buffer, attributes: readonly Attribute[]): NetlinkMessage | undefined {
    this.#send(type, NLM_F_ACK, fixed, attributes);
    return this.#receive(operation)[0];
  }

  /** Lists every object of a kind. */
  dump(operation: string, type: number, fixed: Buffer, attributes: readonly Attribute[] = []): NetlinkMessage[] {
    this.#send(type, NLM_F_DUMP, fixed, attributes);
    return this.#receive(operation);
  }

  close(): void {
    closeSync(this.#fd);
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #send(type: number, flags: number, fixed: Buffer, attributes: readonly Attribute[]): void {
    const message = this.#encode(type, flags, fixed, attributes);
    check('send', Number(send(this.#fd, message, message.length, 0)));
  }

  #encode(type: number, flags: number, fixed: Buffer, attributes: readonly Attribute[]): Buffer {
    const body = encodeAttributes(attributes);
    const header = Buffer.alloc(HEADER);
    header.writeUInt32LE(HEADER + fixed.length + body.length, 0);
    header.writeUInt16LE(type, 4);
    header.writeUInt16LE(flags | NLM_F_REQUEST, 6);
    header.writeUInt32LE(++this.#sequence, 8);
    return Buffer.concat([header, fixed, body]);
  }

  #receive(operation: string): NetlinkMessage[] {
    const messages: NetlinkMessage[] = [];
    for (;;) {
      const length = check('recv', Number(recv(this.#fd, this.#buffer, this.#buffer.length, 0)));
      for (let at = 0; at + HEADER <= length; ) {
        const size = this.#buffer.readUInt32LE(at);
        const type = this.#buffer.readUInt16LE(at + 4);
        const flags = this.#buffer.readUInt16LE(at + 6);
        const body = this.#buffer.subarray(at + HEADER, at + size);
        const ours = this.#buffer.readUInt32LE(at + 8) === this.#sequence;
        at += (size + 3) & ~3;
        if (!ours) continue;
        if (type === NLMSG_ERROR || type === NLMSG_DONE) {
          // Both carry a negative errno; DONE's is set where a dump broke off.
          const errno = body.length >= 4 ? -body.readInt32LE(0) : 0;
          if (errno !== 0) throw new NetlinkError(operation, errno, explanation(type, flags, body));
          return messages;
        }
        messages.push({ type, payload: Buffer.from(body) });
      }
    }
  }
}

function explanation(type: number, flags: number, body: Buffer): string | undefined {
  if (type !== NLMSG_ERROR || (flags & NLM_F_ACK_TLVS) === 0) return undefined;
  const echoed = (flags & NLM_F_CAPPED) !== 0 ? HEADER : body.readUInt32LE(4);
  const text = decodeAttributes(body.subarray(4 + ((echoed + 3) & ~3))).get(NLMSGERR_ATTR_MSG);
  return text === undefined ? undefined : decodeString(text);
}
