import { events } from './events.ts';
import { headPing, ping } from './ping.ts';
import { version } from './version.ts';

export const system = [events, headPing, ping, version];
