const TYPES = ['stdin', 'stdout', 'stderr'] as const;

export type MultiplexedStream = (typeof TYPES)[number];

const HEADER = 8;

/** One frame of Docker's multiplexed stream: a type byte, three zeros, the length in big endian, the data. */
export function frame(stream: MultiplexedStream, data: Uint8Array): Buffer {
  const framed = Buffer.allocUnsafe(HEADER + data.length);
  framed.writeUInt32BE(TYPES.indexOf(stream) * 0x1000000, 0);
  framed.writeUInt32BE(data.length, 4);
  framed.set(data, HEADER);
  return framed;
}

export interface Frame {
  readonly stream: MultiplexedStream;
  readonly data: Buffer;
}

/**
 * The frames of a multiplexed stream, however its chunks were cut. A long frame comes in parts as its bytes do, so that a length read from
 * the wire never sizes a buffer.
 */
export async function* readFrames(source: AsyncIterable<Uint8Array>): AsyncGenerator<Frame> {
  const header = Buffer.alloc(HEADER);
  let filled = 0;
  let left = 0;
  let stream: MultiplexedStream = 'stdout';
  for await (const chunk of source) {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    while (rest.length > 0) {
      if (left === 0) {
        const taken = Math.min(HEADER - filled, rest.length);
        header.set(rest.subarray(0, taken), filled);
        filled += taken;
        rest = rest.subarray(taken);
        if (filled < HEADER) continue;
        stream = streamOf(header);
        left = header.readUInt32BE(4);
        filled = 0;
      } else {
        const data = rest.subarray(0, left);
        left -= data.length;
        rest = rest.subarray(data.length);
        yield { stream, data };
      }
    }
  }
  if (filled > 0 || left > 0) throw new Error('the multiplexed stream ends inside a frame');
}

function streamOf(header: Buffer): MultiplexedStream {
  const stream = TYPES[header[0] ?? 0xff];
  if (stream === undefined || header.readUIntBE(1, 3) !== 0) throw new Error('not a multiplexed stream');
  return stream;
}
