import { commit } from './commit.ts';
import { history } from './history.ts';
import { importImage } from './import.ts';
import { inspect } from './inspect.ts';
import { list } from './list.ts';
import { load } from './load.ts';
import { prune } from './prune.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import { remove } from './remove.ts';
import { save, saveAll } from './save.ts';
import { tag } from './tag.ts';

export const images = [
  commit,
  history,
  importImage,
  inspect,
  list,
  load,
  prune,
  pull,
  push,
  remove,
  save,
  saveAll,
  tag,
];
