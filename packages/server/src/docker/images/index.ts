import { history } from './history.ts';
import { inspect } from './inspect.ts';
import { list } from './list.ts';
import { prune } from './prune.ts';
import { pull } from './pull.ts';
import { remove } from './remove.ts';
import { tag } from './tag.ts';

export const images = [history, inspect, list, prune, pull, remove, tag];
