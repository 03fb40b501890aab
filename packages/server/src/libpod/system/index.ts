import { info } from './info.ts';
import { headPing, ping } from './ping.ts';
import { version } from './version.ts';

export const system = [headPing, info, ping, version];
