import { parseArgs } from 'node:util';
import { SelkieError } from '@selkie/contract/errors';
import type { TlsFiles } from './http/listeners/tls.ts';
import { isLevel, LEVELS, type Level } from './http/log.ts';

export const USAGE = `Usage: selkied [OPTIONS] [URI]...

Serves the libpod and the Docker Engine API.

  --listen URI              unix:///path, tcp://host:port or fd://[name]; repeatable (default unix:///run/selkie/selkie.sock)
  --root DIR                state that survives a reboot (default /var/lib/selkie)
  --runroot DIR             state of this boot (default /run/selkie)
  --time SECONDS            exit after this long without a request or a stream; 0: never (default 0)
  --socket-group GROUP      group that may open unix sockets
  --tls-cert FILE           server certificate, PEM; with --tls-key and --tls-ca it makes TCP listeners speak TLS
  --tls-key FILE            key of the certificate
  --tls-ca FILE             authority that signed the certificates clients must show
  --insecure-tcp            allow TCP without TLS, on loopback addresses only
  --cors ORIGIN             let pages of this web origin call the service; repeatable
  --registries-conf FILE    registries.conf (default: the host's)
  --insecure-registry HOST  registry to speak to without verified TLS; repeatable
  --log-level LEVEL         ${LEVELS.join(', ')} (default info)
  --help                    show this text
`;

export interface ServerOptions {
  readonly listen: readonly string[];
  readonly root: string;
  readonly runroot: string;
  readonly idleSeconds: number;
  readonly socketGroup?: string;
  readonly tls?: TlsFiles;
  readonly insecureTcp: boolean;
  readonly origins: readonly string[];
  readonly registriesConf?: string;
  readonly insecureRegistries: readonly string[];
  readonly logLevel: Level;
}

/** Reads the command line; 'help' where that was asked for. @throws SelkieError INVALID_PARAMETER with the remedy */
export function parseOptions(args: readonly string[]): ServerOptions | 'help' {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  const uris = [...values.listen, ...positionals];
  return {
    listen: uris.length > 0 ? uris : ['unix:///run/selkie/selkie.sock'],
    root: values.root,
    runroot: values.runroot,
    idleSeconds: seconds(values.time),
    ...(values['socket-group'] !== undefined && { socketGroup: values['socket-group'] }),
    ...tlsFiles(values['tls-cert'], values['tls-key'], values['tls-ca']),
    insecureTcp: values['insecure-tcp'],
    origins: values.cors,
    ...(values['registries-conf'] !== undefined && { registriesConf: values['registries-conf'] }),
    insecureRegistries: values['insecure-registry'],
    logLevel: level(values['log-level']),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        listen: { type: 'string', multiple: true, default: [] },
        root: { type: 'string', default: '/var/lib/selkie' },
        runroot: { type: 'string', default: '/run/selkie' },
        time: { type: 'string', short: 't', default: '0' },
        'socket-group': { type: 'string' },
        'tls-cert': { type: 'string' },
        'tls-key': { type: 'string' },
        'tls-ca': { type: 'string' },
        'insecure-tcp': { type: 'boolean', default: false },
        cors: { type: 'string', multiple: true, default: [] },
        'registries-conf': { type: 'string' },
        'insecure-registry': { type: 'string', multiple: true, default: [] },
        'log-level': { type: 'string', default: 'info' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (cause) {
    throw bad(cause instanceof Error ? cause.message : String(cause));
  }
}

function seconds(text: string): number {
  // Longer does not fit a timer.
  if (!/^\d{1,6}$/.test(text)) throw bad(`--time takes whole seconds up to 999999, got ${text}`);
  return Number(text);
}

function tlsFiles(cert?: string, key?: string, ca?: string): { tls: TlsFiles } | undefined {
  if (cert === undefined && key === undefined && ca === undefined) return undefined;
  if (cert === undefined || key === undefined || ca === undefined) {
    throw bad('--tls-cert, --tls-key and --tls-ca belong together: give all three or none');
  }
  return { tls: { cert, key, ca } };
}

function level(text: string): Level {
  if (!isLevel(text)) throw bad(`--log-level takes ${LEVELS.join(', ')}, got ${text}`);
  return text;
}

function bad(reason: string): SelkieError {
  return new SelkieError('INVALID_PARAMETER', { reason });
}
