import { systemPing, systemPingHead } from '@selkie/contract/docker/system';
import { handler } from '../../http/handler.ts';
import { headPong, pong } from '../../present/ping.ts';

export const ping = handler(systemPing, () => pong('docker'));
export const headPing = handler(systemPingHead, () => headPong('docker'));
