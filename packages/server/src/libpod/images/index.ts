import { changes } from './changes.ts';
import { commit } from './commit.ts';
import { exists } from './exists.ts';
import { history } from './history.ts';
import { importImage } from './import.ts';
import { inspect } from './inspect.ts';
import { list } from './list.ts';
import { load } from './load.ts';
import { loadLocal } from './load-local.ts';
import { prune } from './prune.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import { remove } from './remove.ts';
import { removeAll } from './remove-all.ts';
import { resolve } from './resolve.ts';
import { save, saveAll } from './save.ts';
import { tag } from './tag.ts';
import { tree } from './tree.ts';
import { untag } from './untag.ts';

export const images = [
  changes,
  commit,
  exists,
  history,
  importImage,
  inspect,
  list,
  load,
  loadLocal,
  prune,
  pull,
  push,
  remove,
  removeAll,
  resolve,
  save,
  saveAll,
  tag,
  tree,
  untag,
];
