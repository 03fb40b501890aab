import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const TICK_NANOS = 1e7;
/** user, nice, system, idle, iowait, irq, softirq; what follows is time of guests, counted in these already. */
const COLUMNS = 7;

/** Processor time of the whole host since boot, in nanoseconds, idle included, and how many processors are online. */
export function readHostCpu(proc = '/proc'): { readonly total: number; readonly online: number } {
  const text = readFileSync(join(proc, 'stat'), 'utf8');
  const ticks = /^cpu +(.*)$/m.exec(text)?.[1]?.split(' ').slice(0, COLUMNS).map(Number) ?? [];
  return {
    total: ticks.reduce((sum, value) => sum + value, 0) * TICK_NANOS,
    online: text.match(/^cpu\d+ /gm)?.length ?? 0,
  };
}
