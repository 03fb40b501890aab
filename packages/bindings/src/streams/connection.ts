import type { Duplex } from 'node:stream';
import { demultiplex, type Frame, raw } from './frames.ts';

/** A connection the service has handed over: what it carries goes to a process and comes from it. */
export interface Connection extends AsyncDisposable {
  /** Whether a terminal is at the other end: then stdout and stderr are one. */
  readonly tty: boolean;
  /** Ends with the process's output. */
  readonly output: AsyncIterable<Frame>;
  /** Sends input, waiting while the service does not take more. */
  write(data: Uint8Array | string): Promise<void>;
  /** Ends the input: the process reads end of file, its output goes on. */
  end(): void;
  /** Gives the connection up. */
  close(): void;
}

export function openConnection(socket: Duplex, contentType: string | undefined): Connection {
  const tty = contentType !== 'application/vnd.docker.multiplexed-stream';
  // Whoever reads or writes learns of it; one that does neither must not end the process.
  socket.on('error', () => {});
  const output = tty ? raw(socket) : demultiplex(socket);
  const close = () => void socket.destroy();
  return {
    tty,
    output,
    close,
    write: (data) =>
      new Promise((resolve, reject) => {
        socket.write(data, (error) => (error ? reject(error) : resolve()));
      }),
    end: () => void socket.end(),
    [Symbol.asyncDispose]: async () => close(),
  };
}
