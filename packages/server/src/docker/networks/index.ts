import { connect } from './connect.ts';
import { create } from './create.ts';
import { disconnect } from './disconnect.ts';
import { inspect } from './inspect.ts';
import { list } from './list.ts';
import { prune } from './prune.ts';
import { remove } from './remove.ts';

export const networks = [connect, create, disconnect, inspect, list, prune, remove];
