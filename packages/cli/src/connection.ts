import { readFileSync } from 'node:fs';
import { type Client, connect, type TlsOptions } from '@selkie/bindings';
import { Failure, UsageError } from './failure.ts';
import { text } from './options/option.ts';

const DEFAULT_URL = 'unix:///run/selkie/selkie.sock';

/** Options that come before the command. */
export const CONNECTION_OPTIONS = {
  url: text('URL', `Service to speak to: unix://, tcp:// or ssh:// (default $CONTAINER_HOST or ${DEFAULT_URL})`, {
    aliases: ['host', 'connection'],
    short: 'H',
  }),
  'tls-ca': text('FILE', "Authority that signed the service's certificate, for tcp://"),
  'tls-cert': text('FILE', 'Certificate to show the service'),
  'tls-key': text('FILE', 'Key of that certificate'),
} as const;

export interface ConnectionChoice {
  readonly url: string | undefined;
  readonly 'tls-ca': string | undefined;
  readonly 'tls-cert': string | undefined;
  readonly 'tls-key': string | undefined;
}

/** What holds where the command line says nothing. */
export const NO_CONNECTION: ConnectionChoice = {
  url: undefined,
  'tls-ca': undefined,
  'tls-cert': undefined,
  'tls-key': undefined,
};

/** The client of the service that options or environment name. @throws UsageError, Failure, ConnectionError */
export function openClient(choice: ConnectionChoice, environment: NodeJS.ProcessEnv = process.env): Client {
  const url = choice.url ?? (environment.CONTAINER_HOST || DEFAULT_URL);
  const tls = tlsOptions(choice);
  if (tls !== undefined && !url.startsWith('tcp://')) throw new UsageError(`certificates are for tcp://, not ${url}`);
  return connect(url, tls === undefined ? {} : { tls });
}

function tlsOptions(choice: ConnectionChoice): TlsOptions | undefined {
  const { 'tls-ca': ca, 'tls-cert': cert, 'tls-key': key } = choice;
  if ((cert === undefined) !== (key === undefined)) throw new UsageError('--tls-cert and --tls-key belong together');
  if (ca === undefined && cert === undefined) return undefined;
  return {
    ...(ca !== undefined && { ca: read(ca) }),
    ...(cert !== undefined && { cert: read(cert) }),
    ...(key !== undefined && { key: read(key) }),
  };
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Failure(`cannot read ${path}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}
