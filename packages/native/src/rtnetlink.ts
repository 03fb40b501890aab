import { Netlink, NetlinkError, type NetlinkMessage, NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE } from './netlink.ts';
import {
  type Attribute,
  cString,
  decodeAttributes,
  decodeString,
  encodeAttributes,
  uint8,
  uint32,
} from './netlink-attributes.ts';

const RTM = {
  NEWLINK: 16,
  DELLINK: 17,
  GETLINK: 18,
  SETLINK: 19,
  NEWADDR: 20,
  GETADDR: 22,
  NEWROUTE: 24,
  GETROUTE: 26,
};
const IFLA = {
  ADDRESS: 1,
  IFNAME: 3,
  MTU: 4,
  LINK: 5,
  MASTER: 10,
  PROTINFO: 12,
  LINKINFO: 18,
  IFALIAS: 20,
  NET_NS_FD: 28,
};
const INFO = { KIND: 1, DATA: 2 };
const VETH_INFO_PEER = 1;
const BRPORT = { MODE: 4, ISOLATED: 33 };
const IFA = { ADDRESS: 1, LOCAL: 2, BROADCAST: 4 };
const RTA = { DST: 1, OIF: 4, GATEWAY: 5, PRIORITY: 6, TABLE: 15 };
const IFF_UP = 1;
const IFA_F_NODAD = 2;
const AF_INET = 2;
const AF_INET6 = 10;
const AF_BRIDGE = 7;
const RT_TABLE_MAIN = 254;
const RTPROT_STATIC = 4;
const RTN_UNICAST = 1;

export interface Link {
  readonly index: number;
  readonly name: string;
  readonly up: boolean;
  readonly mtu: number;
  /** `aa:bb:…`, empty where it has none. */
  readonly mac: string;
  /** Index of the bridge it is a port of, 0 where none. */
  readonly master: number;
  /** Index of a veth's other end, in that end's namespace. */
  readonly peer: number;
  /** `bridge`, `veth`, …; empty for hardware. */
  readonly kind: string;
  readonly alias: string;
}

/** An address or route destination as the kernel has it: 4 or 16 bytes and a prefix length. */
export interface Prefix {
  readonly bytes: Uint8Array;
  readonly length: number;
}

export interface VethRequest {
  /** The end that stays here, made a port of `master` and up. */
  readonly name: string;
  readonly master: number;
  readonly mtu?: number;
  /** The other end is born in its namespace, named and addressed; it can only go up once both exist. */
  readonly peer: { readonly name: string; readonly namespaceFd: number; readonly mac: string };
}

/** The part of rtnetlink a bridge network needs. Bound to the network namespace it is made in; synchronous. */
export class Rtnetlink implements Disposable {
  readonly #netlink = new Netlink();

  link(name: string): Link | undefined {
    try {
      const found = this.#netlink.get(`find ${name}`, RTM.GETLINK, linkMessage(), [[IFLA.IFNAME, cString(name)]]);
      return found && decodeLink(found);
    } catch (error) {
      if (error instanceof NetlinkError && error.code === 'ENODEV') return undefined;
      throw error;
    }
  }

  links(): Link[] {
    return this.#netlink.dump('list interfaces', RTM.GETLINK, linkMessage()).map(decodeLink);
  }

  /** @throws NetlinkError EEXIST */
  createBridge(name: string, mac: string): void {
    this.#netlink.request(`create bridge ${name}`, RTM.NEWLINK, NLM_F_CREATE | NLM_F_EXCL, linkMessage(), [
      [IFLA.IFNAME, cString(name)],
      [IFLA.ADDRESS, macBytes(mac)],
      [IFLA.LINKINFO, [[INFO.KIND, cString('bridge')]]],
    ]);
  }

  /** @throws NetlinkError EEXIST */
  createVeth({ name, master, mtu, peer }: VethRequest): void {
    const size: Attribute[] = mtu === undefined ? [] : [[IFLA.MTU, uint32(mtu)]];
    const peerPart = Buffer.concat([
      linkMessage(),
      encodeAttributes([
        [IFLA.IFNAME, cString(peer.name)],
        [IFLA.ADDRESS, macBytes(peer.mac)],
        [IFLA.NET_NS_FD, uint32(peer.namespaceFd)],
        ...size,
      ]),
    ]);
    this.#netlink.request(`create veth ${name}`, RTM.NEWLINK, NLM_F_CREATE | NLM_F_EXCL, linkMessage(0, IFF_UP), [
      [IFLA.IFNAME, cString(name)],
      [IFLA.MASTER, uint32(master)],
      ...size,
      [
        IFLA.LINKINFO,
        [
          [INFO.KIND, cString('veth')],
          [INFO.DATA, [[VETH_INFO_PEER, peerPart]]],
        ],
      ],
    ]);
  }

  setLink(index: number, change: { up?: boolean; mtu?: number; master?: number; alias?: string }): void {
    const attributes: Attribute[] = [];
    if (change.mtu !== undefined) attributes.push([IFLA.MTU, uint32(change.mtu)]);
    if (change.master !== undefined) attributes.push([IFLA.MASTER, uint32(change.master)]);
    if (change.alias !== undefined) attributes.push([IFLA.IFALIAS, Buffer.from(change.alias)]);
    const message = linkMessage(index, change.up ? IFF_UP : 0, change.up === undefined ? 0 : IFF_UP);
    this.#netlink.request('change interface', RTM.NEWLINK, 0, message, attributes);
  }

  /** `hairpin` lets a port get back what it sent, `isolated` keeps ports of the bridge from each other. */
  setPort(index: number, change: { hairpin?: boolean; isolated?: boolean }): void {
    const attributes: Attribute[] = [];
    if (change.hairpin !== undefined) attributes.push([BRPORT.MODE, uint8(Number(change.hairpin))]);
    if (change.isolated !== undefined) attributes.push([BRPORT.ISOLATED, uint8(Number(change.isolated))]);
    const message = linkMessage(index);
    message[0] = AF_BRIDGE;
    this.#netlink.request('change bridge port', RTM.SETLINK, 0, message, [[IFLA.PROTINFO, attributes]]);
  }

  /**
   * Takes 20 ms and more in the kernel, so not on this thread. Nothing there is a success. By index: the name may be another interface's
   * by the time it runs.
   */
  static async deleteLink(index: number): Promise<void> {
    try {
      await Netlink.requestAside('delete interface', RTM.DELLINK, linkMessage(index), []);
    } catch (error) {
      if (!(error instanceof NetlinkError && error.code === 'ENODEV')) throw error;
    }
  }

  /** Adds an address, usable at once (no duplicate detection). Already there is a success. */
  setAddress(index: number, { bytes, length }: Prefix): void {
    const message = Buffer.alloc(8);
    message[0] = familyOf(bytes);
    message[1] = length;
    message[2] = bytes.length === 16 ? IFA_F_NODAD : 0;
    message.writeUInt32LE(index, 4);
    const address = Buffer.from(bytes);
    const attributes: Attribute[] = [
      [IFA.LOCAL, address],
      [IFA.ADDRESS, address],
    ];
    if (bytes.length === 4 && length < 31) {
      const broadcast = Buffer.alloc(4);
      broadcast.writeUInt32BE((address.readUInt32BE() | (2 ** (32 - length) - 1)) >>> 0);
      attributes.push([IFA.BROADCAST, broadcast]);
    }
    this.#netlink.request('add address', RTM.NEWADDR, NLM_F_CREATE | NLM_F_REPLACE, message, attributes);
  }

  /** Sets a route; a zero-length destination is the default route. */
  setRoute(index: number, destination: Prefix, gateway: Uint8Array | undefined, metric?: number): void {
    const message = Buffer.alloc(12);
    message[0] = familyOf(destination.bytes);
    message[1] = destination.length;
    message[4] = RT_TABLE_MAIN;
    message[5] = RTPROT_STATIC;
    message[7] = RTN_UNICAST;
    const attributes: Attribute[] = [[RTA.OIF, uint32(index)]];
    if (destination.length > 0) attributes.push([RTA.DST, Buffer.from(destination.bytes)]);
    if (gateway) attributes.push([RTA.GATEWAY, Buffer.from(gateway)]);
    if (metric !== undefined) attributes.push([RTA.PRIORITY, uint32(metric)]);
    this.#netlink.request('add route', RTM.NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE, message, attributes);
  }

  addresses(): (Prefix & { readonly index: number })[] {
    return this.#netlink.dump('list addresses', RTM.GETADDR, Buffer.alloc(8)).flatMap(({ payload }) => {
      const attributes = decodeAttributes(payload.subarray(8));
      const bytes = attributes.get(IFA.LOCAL) ?? attributes.get(IFA.ADDRESS);
      return bytes ? [{ bytes, length: payload[1] ?? 0, index: payload.readUInt32LE(4) }] : [];
    });
  }

  /** Destinations of the main table, default routes left out. */
  routes(): (Prefix & { readonly index: number })[] {
    return this.#netlink.dump('list routes', RTM.GETROUTE, Buffer.alloc(12)).flatMap(({ payload }) => {
      const attributes = decodeAttributes(payload.subarray(12));
      const table = attributes.get(RTA.TABLE)?.readUInt32LE() ?? payload[4];
      const bytes = attributes.get(RTA.DST);
      if (table !== RT_TABLE_MAIN || !bytes || payload[1] === 0) return [];
      return [{ bytes, length: payload[1] ?? 0, index: attributes.get(RTA.OIF)?.readUInt32LE() ?? 0 }];
    });
  }

  [Symbol.dispose](): void {
    this.#netlink.close();
  }
}

function familyOf(bytes: Uint8Array): number {
  return bytes.length === 4 ? AF_INET : AF_INET6;
}

function linkMessage(index = 0, flags = 0, change = flags): Buffer {
  const message = Buffer.alloc(16);
  message.writeInt32LE(index, 4);
  message.writeUInt32LE(flags, 8);
  message.writeUInt32LE(change, 12);
  return message;
}

function macBytes(mac: string): Buffer {
  return Buffer.from(mac.replaceAll(':', ''), 'hex');
}

function decodeLink({ payload }: NetlinkMessage): Link {
  const attributes = decodeAttributes(payload.subarray(16));
  const text = (type: number) => decodeString(attributes.get(type) ?? Buffer.alloc(0));
  const info = attributes.get(IFLA.LINKINFO);
  const kind = info && decodeAttributes(info).get(INFO.KIND);
  return {
    index: payload.readInt32LE(4),
    name: text(IFLA.IFNAME),
    up: (payload.readUInt32LE(8) & IFF_UP) !== 0,
    mtu: attributes.get(IFLA.MTU)?.readUInt32LE() ?? 0,
    mac:
      attributes
        .get(IFLA.ADDRESS)
        ?.toString('hex')
        .replace(/..(?=.)/g, '$&:') ?? '',
    master: attributes.get(IFLA.MASTER)?.readUInt32LE() ?? 0,
    peer: attributes.get(IFLA.LINK)?.readInt32LE() ?? 0,
    kind: kind ? decodeString(kind) : '',
    alias: text(IFLA.IFALIAS),
  };
}
