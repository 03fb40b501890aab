import { closeSync, constants, openSync } from 'node:fs';
import { Socket } from 'node:net';
import { basename, dirname } from 'node:path';
import { check, libc } from './libc.ts';

const socket = libc.func('int socket(int domain, int type, int protocol)');
const connect = libc.func('int connect(int fd, const void *address, uint32_t length)');

const AF_UNIX = 1;
const SOCK_SEQPACKET = 5;
const SOCK_CLOEXEC = 0o2000000;
const SOCK_NONBLOCK = 0o4000;

/**
 * Connects to a SOCK_SEQPACKET unix socket and returns it as a Node socket whose every `data` event is one packet. Writes must
 * be awaited one by one: libuv would join queued ones into a single packet. The path may be longer than sun_path's 107 bytes.
 * @throws SystemCallError ENOENT, ECONNREFUSED
 */
export function connectSeqpacket(path: string): Socket {
  const directory = openSync(dirname(path), constants.O_RDONLY | constants.O_DIRECTORY);
  try {
    const fd = check('socket', socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    try {
      const address = unixAddress(`/proc/self/fd/${directory}/${basename(path)}`);
      check('connect', connect(fd, address, address.length), path);
      return adopt(fd);
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  } finally {
    closeSync(directory);
  }
}

function unixAddress(path: string): Buffer {
  const bytes = Buffer.from(path);
  const address = Buffer.alloc(2 + bytes.length + 1);
  address.writeUInt16LE(AF_UNIX, 0);
  bytes.copy(address, 2);
  return address;
}

interface PipeHandle {
  open(fd: number): number;
}
interface PipeBinding {
  Pipe: new (type: number) => PipeHandle;
  constants: { SOCKET: number };
}

function isPipeBinding(value: unknown): value is PipeBinding {
  return typeof value === 'object' && value !== null && 'Pipe' in value && 'constants' in value;
}

/** Node refuses a descriptor that is no stream socket; libuv's pipe handle takes any that read() and write() work on. */
function adopt(fd: number): Socket {
  const binding: unknown = Reflect.apply(Reflect.get(process, 'binding'), process, ['pipe_wrap']);
  if (!isPipeBinding(binding)) throw new Error('this Node has no pipe_wrap binding');
  const handle = new binding.Pipe(binding.constants.SOCKET);
  handle.open(fd);
  return Reflect.construct(Socket, [{ handle, readable: true, writable: true, allowHalfOpen: true }]);
}
