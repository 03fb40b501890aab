import { headPing, ping } from './ping.ts';
import { version } from './version.ts';

export const system = [headPing, ping, version];
