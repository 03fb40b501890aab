import type { Areas } from './generated/methods.ts';
import { ROWS } from './generated/rows.ts';
import { type CallRequest, call } from './http/call.ts';
import { parameterCount } from './http/encode.ts';
import { openTransport, type TlsOptions, type Transport } from './http/transport.ts';
import type { Row } from './row.ts';
import { negotiate } from './version.ts';

export interface ConnectOptions {
  /** Speaks TLS over tcp://. */
  readonly tls?: TlsOptions;
  /** API version to speak; otherwise the newest that both sides know. */
  readonly version?: string;
}

/** A client of one service. Methods throw {@link ApiError} and {@link ConnectionError}. */
export interface Client extends Areas, AsyncDisposable {
  readonly url: string;
  /** The version spoken, negotiated with the first call. */
  version(signal?: AbortSignal): Promise<string>;
}

/**
 * A client of the service at `unix:///path`, `tcp://host:port` or `ssh://[user@]host[:port][/path]`. It connects with the first call and
 * keeps its connections until it is disposed of.
 * @throws ConnectionError where `url` is no address
 */
export function connect(url: string, options: ConnectOptions = {}): Client {
  const transport = openTransport(url, options.tls);
  const version = negotiated(transport, options.version);
  const area = <A extends keyof Areas>(name: A): Areas[A] => methods(transport, version, name);
  return {
    url,
    version,
    artifacts: area('artifacts'),
    containers: area('containers'),
    exec: area('exec'),
    images: area('images'),
    kube: area('kube'),
    manifests: area('manifests'),
    networks: area('networks'),
    pods: area('pods'),
    quadlets: area('quadlets'),
    secrets: area('secrets'),
    system: area('system'),
    volumes: area('volumes'),
    [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
  };
}

/** Asks once; after a failure the next call asks again. */
function negotiated(transport: Transport, fixed: string | undefined): Client['version'] {
  let known = fixed === undefined ? undefined : Promise.resolve(fixed);
  return async (signal) => {
    known ??= negotiate(transport, signal);
    try {
      return await known;
    } catch (error) {
      known = undefined;
      throw error;
    }
  };
}

function methods<A extends keyof Areas>(transport: Transport, version: Client['version'], area: A): Areas[A];
function methods(transport: Transport, version: Client['version'], area: keyof Areas): unknown {
  const rows: Readonly<Record<string, Row>> = ROWS[area];
  return Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, method(transport, version, row)]));
}

function method(transport: Transport, version: Client['version'], row: Row) {
  const count = parameterCount(row.path);
  return async (...args: readonly unknown[]): Promise<unknown> => {
    const path = args.slice(0, count).map(String);
    const request: CallRequest = args[count] ?? {};
    return call(transport, `/v${await version(request.signal)}`, row, path, request);
  };
}
