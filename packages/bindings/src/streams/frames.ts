/** A piece of what a container wrote. */
export interface Frame {
  readonly stream: 'stdout' | 'stderr';
  readonly data: Buffer;
}

const HEADER_BYTES = 8;

/**
 * Splits a multiplexed stream: `[stream, 0, 0, 0, length]`, big endian, then as many bytes. A frame longer than what has arrived is
 * handed over in pieces, so that a large write costs no memory.
 * @throws where the stream breaks off inside a frame or is not multiplexed at all
 */
export async function* demultiplex(source: AsyncIterable<Buffer>): AsyncGenerator<Frame, void> {
  let rest: Buffer = Buffer.alloc(0);
  let stream: Frame['stream'] = 'stdout';
  let remaining = 0;
  for await (const chunk of source) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    for (;;) {
      if (remaining > 0) {
        if (rest.length === 0) break;
        const data = rest.subarray(0, remaining);
        rest = rest.subarray(data.length);
        remaining -= data.length;
        yield { stream, data };
      } else {
        if (rest.length < HEADER_BYTES) break;
        stream = streamOf(rest);
        remaining = rest.readUInt32BE(4);
        rest = rest.subarray(HEADER_BYTES);
      }
    }
  }
  if (remaining > 0 || rest.length > 0) throw new Error('the stream broke off inside a frame');
}

/** What a terminal shows has one stream and no frames. */
export async function* raw(source: AsyncIterable<Buffer>): AsyncGenerator<Frame, void> {
  for await (const data of source) yield { stream: 'stdout', data };
}

function streamOf(header: Buffer): Frame['stream'] {
  const [type, ...zeros] = header.subarray(0, 4);
  if (zeros.some((byte) => byte !== 0) || type === undefined || type > 2) {
    throw new Error(`no frame begins with ${header.subarray(0, HEADER_BYTES).toString('hex')}`);
  }
  return type === 2 ? 'stderr' : 'stdout';
}
