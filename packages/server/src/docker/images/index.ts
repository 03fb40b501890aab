import { history } from './history.ts';
import { inspect } from './inspect.ts';
import { list } from './list.ts';
import { load } from './load.ts';
import { prune } from './prune.ts';
import { pull } from './pull.ts';
import { remove } from './remove.ts';
import { save, saveAll } from './save.ts';
import { tag } from './tag.ts';

export const images = [load, save, saveAll, history, inspect, list, prune, pull, remove, tag];
