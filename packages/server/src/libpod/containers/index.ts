import { archiveGet } from './archive-get.ts';
import { archivePut } from './archive-put.ts';
import { archiveStat } from './archive-stat.ts';
import { attach } from './attach.ts';
import { changes } from './changes.ts';
import { create } from './create.ts';
import { exists } from './exists.ts';
import { exportRoot } from './export.ts';
import { healthcheck } from './healthcheck.ts';
import { init } from './init.ts';
import { inspect } from './inspect.ts';
import { kill } from './kill.ts';
import { list } from './list.ts';
import { logs } from './logs.ts';
import { pause } from './pause.ts';
import { prune } from './prune.ts';
import { remove } from './remove.ts';
import { rename } from './rename.ts';
import { resize } from './resize.ts';
import { restart } from './restart.ts';
import { shouldRestart } from './should-restart.ts';
import { start } from './start.ts';
import { stats } from './stats.ts';
import { statsAll } from './stats-all.ts';
import { stop } from './stop.ts';
import { top } from './top.ts';
import { unpause } from './unpause.ts';
import { update } from './update.ts';
import { wait } from './wait.ts';

export const containers = [
  archiveGet,
  archivePut,
  archiveStat,
  attach,
  changes,
  create,
  exists,
  exportRoot,
  healthcheck,
  init,
  inspect,
  kill,
  list,
  logs,
  pause,
  prune,
  remove,
  rename,
  resize,
  restart,
  shouldRestart,
  start,
  stats,
  statsAll,
  stop,
  top,
  unpause,
  update,
  wait,
];
