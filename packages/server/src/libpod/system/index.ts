import { df } from './df.ts';
import { events } from './events.ts';
import { info } from './info.ts';
import { headPing, ping } from './ping.ts';
import { prune } from './prune.ts';
import { version } from './version.ts';

export const system = [df, events, headPing, info, ping, prune, version];
