import type { HostConfig } from '@selkie/contract/docker/types/host-config';
import type { LogDefinition } from '@selkie/engine/containers/definition';
import { invalid, unsupported } from '../../../translate/refuse.ts';

const UNITS: Readonly<Record<string, number>> = { '': 1, b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };

/** Docker's names for what keeps a readable log on the host all mean the engine's own format. */
export function logDefinition(config: HostConfig['LogConfig']): LogDefinition {
  const { Type: type = '', Config: options = {} } = config ?? {};
  switch (type) {
    case '':
    case 'json-file':
    case 'local':
    case 'k8s-file':
      return { driver: type === 'k8s-file' ? 'k8s-file' : 'json-file', options, ...fileOptions(options) };
    case 'none':
      return { driver: 'none', options };
    default:
      return unsupported(`log driver ${type}`, 'json-file, local, k8s-file and none are there');
  }
}

function fileOptions(options: Readonly<Record<string, string>>): { maxSize?: number } {
  for (const key of Object.keys(options)) {
    if (!['max-size', 'max-file', 'compress', 'labels', 'env', 'tag', 'mode', 'max-buffer-size'].includes(key)) {
      invalid(`unknown log opt '${key}' for json-file log driver`);
    }
    if (key !== 'max-size' && key !== 'max-file') unsupported(`log option ${key}`, 'max-size and max-file are there');
  }
  const files = options['max-file'];
  if (files !== undefined && files !== '1') unsupported(`log option max-file=${files}`, 'one file is kept');
  const size = options['max-size'];
  if (size === undefined || size === '-1') return {};
  const match = /^(\d+(?:\.\d+)?)([bkmg]?)b?$/i.exec(size);
  if (!match) invalid(`invalid value for max-size: ${size}`);
  return { maxSize: Math.floor(Number(match[1]) * (UNITS[(match[2] ?? '').toLowerCase()] ?? 1)) };
}
