import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readInterfaces } from '../../../src/containers/stats/interfaces.ts';

const proc = mkdtempSync(join(tmpdir(), 'proc-'));
after(() => rmSync(proc, { recursive: true }));

test('counters by interface, loopback left out', () => {
  mkdirSync(join(proc, '7/net'), { recursive: true });
  writeFileSync(
    join(proc, '7/net/dev'),
    `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 151594    3109    0    0    0     0          0         0 15159493    3109    0    0    0     0       0          0
  eth0:1042       11    1    2    9     9          9         9      908      12    3    4    9     9       9          9
`,
  );
  assert.deepEqual(readInterfaces(7, proc), {
    eth0: {
      received: { bytes: 1042, packets: 11, errors: 1, dropped: 2 },
      transmitted: { bytes: 908, packets: 12, errors: 3, dropped: 4 },
    },
  });
});

test('a process that has gone has no interfaces', () => {
  assert.deepEqual(readInterfaces(8, proc), {});
});
