import { createSocket } from 'node:dgram';

/**
 * Asks one name server once.
 * @returns true when its answer has at least one record
 */
export async function answers(
  server: string,
  port: number,
  name: string,
  type: 'A' | 'AAAA',
  signal: AbortSignal,
): Promise<boolean> {
  const socket = createSocket(server.includes(':') ? 'udp6' : 'udp4');
  try {
    return await new Promise<boolean>((resolve) => {
      signal.addEventListener('abort', () => resolve(false), { once: true });
      // Nobody listens yet: the kernel says so on a connected socket.
      socket.once('error', () => resolve(false));
      socket.once('message', (message) => resolve(message.length >= 12 && message.readUInt16BE(6) > 0));
      socket.connect(port, server, () => socket.send(query(name, type)));
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
