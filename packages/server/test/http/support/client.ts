import { connect, type NetConnectOpts, type Socket } from 'node:net';

/** A client that says exactly the bytes it is told to. */
export class RawClient implements Disposable {
  readonly socket: Socket;
  #received = Buffer.alloc(0);
  #ended = false;
  #change = Promise.withResolvers<void>();

  constructor(target: string | NetConnectOpts | Socket) {
    this.socket =
      typeof target === 'string'
        ? connect({ path: target, allowHalfOpen: true })
        : 'write' in target
          ? target
          : connect({ ...target, allowHalfOpen: true });
    this.socket.on('data', (chunk) => {
      this.#received = Buffer.concat([this.#received, chunk]);
      this.#wake();
    });
    for (const event of ['end', 'error', 'close']) {
      this.socket.on(event, () => {
        this.#ended = true;
        this.#wake();
      });
    }
  }

  get received(): string {
    return this.#received.toString('latin1');
  }

  get bytes(): Buffer {
    return this.#received;
  }

  get ended(): boolean {
    return this.#ended;
  }

  send(text: string | Uint8Array): this {
    this.socket.write(text);
    return this;
  }

  /** Closes our half. */
  finish(): this {
    this.socket.end();
    return this;
  }

  /** Resolves once what was received satisfies `test`, throws when it ends before. */
  async until(test: string | RegExp | ((received: string) => boolean)): Promise<string> {
    const matches =
      typeof test === 'function'
        ? test
        : (text: string) => (typeof test === 'string' ? text.includes(test) : test.test(text));
    while (!matches(this.received)) {
      if (this.#ended) throw new Error(`ended without ${test}: ${JSON.stringify(this.received)}`);
      await this.#change.promise;
    }
    return this.received;
  }

  /** Everything until the server closes its half. */
  async all(): Promise<string> {
    while (!this.#ended) await this.#change.promise;
    return this.received;
  }

  #wake(): void {
    this.#change.resolve();
    this.#change = Promise.withResolvers<void>();
  }

  [Symbol.dispose](): void {
    this.socket.destroy();
  }
}

/** The text of one request without a body. */
export function requestText(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
): string {
  const length = body === '' ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  const lines = Object.entries({ Host: 'd', ...length, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

/** One request on a connection of its own. */
export async function call(
  socketPath: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body = '',
) {
  using client = new RawClient(socketPath);
  client.send(requestText(method, path, { Connection: 'close', ...headers }, body));
  const { headers: answered } = parseAnswer(await client.until('\r\n\r\n'));
  const length = method === 'HEAD' ? 0 : answered.get('content-length');
  const answer =
    length === undefined
      ? await client.all()
      : await client.until((text) => parseAnswer(text).body.length >= Number(length));
  return parseAnswer(answer);
}

export function parseAnswer(answer: string) {
  const split = answer.indexOf('\r\n\r\n');
  const [start = '', ...lines] = answer.slice(0, split).split('\r\n');
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
  return { status: Number(start.split(' ')[1]), start, headers, body: answer.slice(split + 4) };
}
