import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes a /proc with one process as a kernel would show it. */
export function writeProcess(proc: string, pid: number): void {
  const directory = join(proc, String(pid));
  mkdirSync(directory, { recursive: true });
  writeFileSync(
    join(directory, 'stat'),
    `${pid} (a (b) c) S 4100 4242 4200 34817 4242 4194304 300 0 0 0 6100 300 0 0 20 5 3 0 10000 2322432 345 0\n`,
  );
  writeFileSync(
    join(directory, 'status'),
    [
      'Name:\ta (b) c',
      'Uid:\t1000\t100033\t1000\t1000',
      'Gid:\t1000\t100034\t1000\t1000',
      'Groups:\t100034 100044 ',
      `NSpid:\t${pid}\t17\t3`,
      `NSpgid:\t${pid}\t1\t0`,
      'VmSize:\t    2268 kB',
      'VmRSS:\t    1380 kB',
      'CapInh:\t0000000000000000',
      'CapPrm:\t00000000a80425fb',
      'CapEff:\t0000000000000401',
      'CapBnd:\t000001ffffffffff',
      'CapAmb:\t0000000000000000',
      'Seccomp:\t2',
      '',
    ].join('\n'),
  );
  writeFileSync(join(directory, 'cmdline'), 'sleep\0a b\0');
}
