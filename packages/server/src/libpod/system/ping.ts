import { systemPing, systemPingHead } from '@selkie/contract/libpod/system';
import { handler } from '../../http/handler.ts';
import { headPong, pong } from '../../present/ping.ts';

export const ping = handler(systemPing, () => pong('libpod'));
export const headPing = handler(systemPingHead, () => headPong('libpod'));
