import type { Group } from '@selkie/contract';
import { VERSION } from '@selkie/engine/version';
import { empty, type Reply, text } from '../http/handler.ts';
import { pingHeaders } from '../http/headers.ts';

/** Both groups answer a ping alike: the headers are what clients of either look for. */
export function pong(group: Group): Reply {
  return text(200, 'OK', headers(group));
}

export function headPong(group: Group): Reply {
  return empty(200, headers(group));
}

function headers(group: Group): Readonly<Record<string, string>> {
  return { ...pingHeaders(group), ...(group === 'libpod' && { 'Libpod-Buildah-Version': VERSION }) };
}
