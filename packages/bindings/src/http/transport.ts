import { Agent, type ClientRequest, request as httpRequest, type RequestOptions } from 'node:http';
import { errorCode } from '../errors.ts';
import { parseAddress } from './address.ts';

/** Certificates for tcp://, PEM. */
export interface TlsOptions {
  /** Authority that signed the service's certificate. */
  readonly ca?: string | Buffer;
  /** What shows the service who calls. */
  readonly cert?: string | Buffer;
  readonly key?: string | Buffer;
}

/** Opens requests to one service over connections that are kept. */
export interface Transport extends AsyncDisposable {
  readonly url: string;
  open(options: RequestOptions): Promise<ClientRequest>;
}

/** @throws ConnectionError where `url` is no address */
export function openTransport(url: string, tls?: TlsOptions): Transport {
  const address = parseAddress(url);
  switch (address.kind) {
    case 'unix':
      return overAgent(url, new Agent({ keepAlive: true }), { socketPath: address.path, host: 'localhost' });
    case 'tcp':
      return tls === undefined
        ? overAgent(url, new Agent({ keepAlive: true }), { host: address.host, port: address.port })
        : overTls(url, tls, { host: address.host, port: address.port });
    case 'ssh':
      return overSsh(url, address);
  }
}

function overAgent(url: string, agent: Agent, target: RequestOptions): Transport {
  return {
    url,
    open: async (options) => httpRequest({ ...target, ...options, agent }),
    [Symbol.asyncDispose]: async () => agent.destroy(),
  };
}

/** TLS is loaded only where it is used: it takes longer than a call. */
function overTls(url: string, tls: TlsOptions, target: RequestOptions): Transport {
  const opening = import('node:https').then(({ Agent: TlsAgent, request }) => {
    const agent = new TlsAgent({ keepAlive: true, ...tls });
    return { agent, request };
  });
  return {
    url,
    open: async (options) => {
      const { agent, request } = await opening;
      return request({ ...target, ...options, agent });
    },
    [Symbol.asyncDispose]: async () => (await opening).agent.destroy(),
  };
}

function overSsh(url: string, address: { destination: string; port: number | undefined; path: string }): Transport {
  const agent = new Agent({ keepAlive: true });
  const opening = import('./ssh.ts').then(({ openTunnel }) => openTunnel(url, address));
  // A call reports it; without one nobody waits for it.
  opening.catch(() => {});
  return {
    url,
    open: async (options) => {
      const { socketPath } = await Promise.race([opening, aborted(options.signal)]);
      return httpRequest({ ...options, socketPath, host: 'localhost', agent });
    },
    [Symbol.asyncDispose]: async () => {
      agent.destroy();
      await opening.then((tunnel) => tunnel.close()).catch(() => {});
    },
  };
}

/** Rejects when the signal says so, and otherwise never settles. */
function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }));
}

/** True where the service closed a kept connection just as it was used again: the request never reached it. */
export function wasStale(request: ClientRequest, error: unknown): boolean {
  return request.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(errorCode(error) ?? '');
}
