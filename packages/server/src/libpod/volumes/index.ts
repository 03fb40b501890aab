import { create } from './create.ts';
import { exists } from './exists.ts';
import { inspect } from './inspect.ts';
import { list } from './list.ts';
import { prune } from './prune.ts';
import { remove } from './remove.ts';

export const volumes = [create, exists, inspect, list, prune, remove];
