import { create } from './create.ts';
import { inspect } from './inspect.ts';
import { list } from './list.ts';
import { prune } from './prune.ts';
import { remove } from './remove.ts';
import { update } from './update.ts';

export const volumes = [create, inspect, list, prune, remove, update];
