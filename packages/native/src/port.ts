import { closeSync } from 'node:fs';
import koffi from 'koffi';
import { check, libc, SystemCallError } from './libc.ts';

const SOCK_CLOEXEC = 0o2000000;
const KINDS = { tcp: [1, 0], udp: [2, 0], sctp: [1, 132] } as const;
const AF_INET = 2;
const AF_INET6 = 10;
const SOL_SOCKET = 1;
const SO_REUSEADDR = 2;
const SO_RCVBUF = 8;
const IPPROTO_IPV6 = 41;
const IPV6_V6ONLY = 26;

const socket = libc.func('int socket(int domain, int type, int protocol)');
const setsockopt = libc.func('int setsockopt(int fd, int level, int name, const void *value, uint32_t length)');
const bind = libc.func('int bind(int fd, const void *address, uint32_t length)');
const listen = libc.func('int listen(int fd, int backlog)');
const getsockname = libc.func('int getsockname(int fd, _Out_ void *address, void *length)');

/** A host port nobody else can bind while this lives. */
export interface HeldPort extends Disposable {
  readonly port: number;
}

/**
 * Binds a port and keeps it, without serving it: whoever connects past the packet filter is refused. Port 0 takes a free one.
 * @param address 4 or 16 bytes
 * @throws SystemCallError EADDRINUSE, EADDRNOTAVAIL, EPROTONOSUPPORT
 */
export function holdPort(protocol: 'tcp' | 'udp' | 'sctp', address: Uint8Array, port: number): HeldPort {
  const family = address.length === 4 ? AF_INET : AF_INET6;
  const [type, number] = KINDS[protocol];
  const fd = check('socket', socket(family, type | SOCK_CLOEXEC, number));
  try {
    // Each family on its own, as the packet filter forwards them.
    if (family === AF_INET6) setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, int32(1), 4);
    // A socket nobody reads should not gather datagrams either.
    if (protocol === 'udp') setsockopt(fd, SOL_SOCKET, SO_RCVBUF, int32(0), 4);
    const name = socketAddress(family, address, port);
    if (bind(fd, name, name.length) < 0) {
      const refused = new SystemCallError('bind', koffi.errno());
      if (refused.code !== 'EADDRINUSE' || protocol !== 'tcp' || !bindOverTimeWait(fd, name)) throw refused;
    }
    const bound = Buffer.alloc(name.length);
    check('getsockname', getsockname(fd, bound, int32(bound.length)));
    return { port: bound.readUInt16BE(2), [Symbol.dispose]: () => closeSync(fd) };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/**
 * Connections a server closed linger a minute and block a plain bind. Listening with SO_REUSEADDR gets past them but not past another
 * listener; it is not done at once because until one listens such a port can be shared.
 */
function bindOverTimeWait(fd: number, name: Buffer): boolean {
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, int32(1), 4);
  return bind(fd, name, name.length) === 0 && listen(fd, 0) === 0;
}

function socketAddress(family: number, address: Uint8Array, port: number): Buffer {
  const name = Buffer.alloc(family === AF_INET ? 16 : 28);
  name.writeUInt16LE(family, 0);
  name.writeUInt16BE(port, 2);
  name.set(address, family === AF_INET ? 4 : 8);
  return name;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}
