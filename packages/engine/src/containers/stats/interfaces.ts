import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface InterfaceCounters {
  readonly bytes: number;
  readonly packets: number;
  readonly errors: number;
  readonly dropped: number;
}

export interface InterfaceStats {
  readonly received: InterfaceCounters;
  readonly transmitted: InterfaceCounters;
}

/** Counters of the interfaces a process has, by name, loopback left out. Of a process that has gone: none. */
export function readInterfaces(pid: number, proc = '/proc'): Readonly<Record<string, InterfaceStats>> {
  let text: string;
  try {
    text = readFileSync(join(proc, String(pid), 'net/dev'), 'utf8');
  } catch {
    return {};
  }
  const lines = [...text.matchAll(/^\s*(\S+?):\s*(.*)$/gm)].filter(([, name]) => name !== 'lo');
  return Object.fromEntries(lines.map(([, name = '', counters = '']) => [name, parseCounters(counters)]));
}

/** Eight columns of what came and eight of what went, the first four of each alike. */
function parseCounters(text: string): InterfaceStats {
  const columns = text.trim().split(/\s+/).map(Number);
  const counters = ([bytes = 0, packets = 0, errors = 0, dropped = 0]: number[]) => ({
    bytes,
    packets,
    errors,
    dropped,
  });
  return { received: counters(columns.slice(0, 4)), transmitted: counters(columns.slice(8, 12)) };
}
