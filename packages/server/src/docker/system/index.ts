import { auth } from './auth.ts';
import { df } from './df.ts';
import { events } from './events.ts';
import { info } from './info.ts';
import { headPing, ping } from './ping.ts';
import { version } from './version.ts';

export const system = [auth, df, events, headPing, info, ping, version];
