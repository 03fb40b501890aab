import { VERSION } from '@selkie/engine/version';
import { empty, type Reply, text } from '../http/handler.ts';

/** Both groups answer a ping alike: the headers are what clients of either look for. */
const HEADERS = {
  'builder-version': '1',
  'cache-control': 'no-cache, no-store, must-revalidate',
  'docker-experimental': 'false',
  ostype: 'linux',
  pragma: 'no-cache',
  swarm: 'inactive',
  'libpod-buildah-version': VERSION,
};

export function pong(): Reply {
  return text(200, 'OK', HEADERS);
}

export function headPong(): Reply {
  return empty(200, HEADERS);
}
