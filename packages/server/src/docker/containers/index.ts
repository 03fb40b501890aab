import { archiveGet } from './archive-get.ts';
import { archivePut } from './archive-put.ts';
import { archiveStat } from './archive-stat.ts';
import { attach } from './attach.ts';
import { attachWebsocket } from './attach-websocket.ts';
import { changes } from './changes.ts';
import { create } from './create.ts';
import { exportRoot } from './export.ts';
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
import { start } from './start.ts';
import { stats } from './stats.ts';
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
  attachWebsocket,
  changes,
  create,
  exportRoot,
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
  start,
  stats,
  stop,
  top,
  unpause,
  update,
  wait,
];
