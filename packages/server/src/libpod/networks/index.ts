import { connect } from './connect.ts';
import { create } from './create.ts';
import { disconnect } from './disconnect.ts';
import { exists } from './exists.ts';
import { get, inspect } from './inspect.ts';
import { list } from './list.ts';
import { prune } from './prune.ts';
import { remove } from './remove.ts';
import { update } from './update.ts';

export const networks = [connect, create, disconnect, exists, get, inspect, list, prune, remove, update];
