import { createSocket } from 'node:dgram';

const PORT = 53;
/** Names under it are never passed on to other servers, so one that isn't known is denied at once. */
const DOMAIN = 'dns.podman';

/** Asks a name server once whether it knows a name; undefined where it gives no answer. */
export async function answers(
  server: string,
  name: string,
  type: 'A' | 'AAAA',
  signal: AbortSignal,
): Promise<boolean | undefined> {
  const socket = createSocket(server.includes(':') ? 'udp6' : 'udp4');
  try {
    return await new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
      // Nobody listens: the kernel says so on a connected socket.
      socket.once('error', () => resolve(undefined));
      socket.once('message', (message) => resolve(message.length >= 12 && message.readUInt16BE(6) > 0));
      socket.connect(PORT, server, () => socket.send(query(`${name}.${DOMAIN}`, type)));
    });
  } finally {
    socket.close();
  }
}

function query(name: string, type: 'A' | 'AAAA'): Buffer {
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  const header = Buffer.from([0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat([header, ...labels, Buffer.from([0, 0, type === 'A' ? 1 : 28, 0, 1])]);
}
