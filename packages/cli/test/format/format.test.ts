import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ago, duration, goTime } from '../../src/format/age.ts';
import { duration as elapsed } from '../../src/format/elapsed.ts';
import { portsText } from '../../src/format/ports.ts';
import { render } from '../../src/format/report.ts';
import { binarySize, decimalSize } from '../../src/format/size.ts';
import { align } from '../../src/format/table.ts';
import { toYaml } from '../../src/format/yaml.ts';

test('spans of time in round words', () => {
  const spans: readonly (readonly [seconds: number, text: string])[] = [
    [0.5, 'Less than a second'],
    [1, '1 second'],
    [59, '59 seconds'],
    [60, 'About a minute'],
    [3540, '59 minutes'],
    [3600, 'About an hour'],
    [7200, '2 hours'],
    [47 * 3600, '47 hours'],
    [3 * 86_400, '3 days'],
    [21 * 86_400, '3 weeks'],
    [90 * 86_400, '3 months'],
    [800 * 86_400, '2 years'],
  ];
  for (const [seconds, text] of spans) assert.equal(duration(seconds), text);
  assert.equal(ago(100, 105_000), '5 seconds ago');
  assert.equal(ago(105, 100_000), 'Less than a second ago');
  assert.equal(goTime(new Date('2026-01-02T03:04:05.678Z')), '2026-01-02 03:04:05 +0000 UTC');
});

test('elapsed time as Go prints it', () => {
  const times = [0, 1500, 2_500_000, 1_500_000_000, 62_500_000_000, 3_723_000_000_000].map(elapsed);
  assert.deepEqual(times, ['0s', '1.5µs', '2.5ms', '1.5s', '1m2.5s', '1h2m3s']);
});

test('sizes', () => {
  assert.deepEqual(
    [0, 999, 1000, 2_161_811, 1e12].map((bytes) => decimalSize(bytes)),
    ['0B', '999B', '1kB', '2.162MB', '1TB'],
  );
  assert.equal(decimalSize(2_161_811, 3, ' '), '2.16 MB');
  assert.equal(binarySize(1536), '1.5KiB');
});

test('columns are as wide as they must be, twelve at least', () => {
  assert.equal(
    align(['ID\tNAME\tX', 'a\tlonger than twelve\ty']),
    'ID          NAME                X\na           longer than twelve  y',
  );
});

test('ports', () => {
  const published = [
    { container_port: 80, host_ip: '', host_port: 8080, protocol: 'tcp', range: 1 },
    { container_port: 90, host_ip: '::1', host_port: 9000, protocol: 'udp', range: 3 },
  ];
  const exposed = { 80: ['tcp'], 443: ['tcp', 'udp'] };
  assert.equal(portsText(published, exposed), '0.0.0.0:8080->80/tcp, [::1]:9000-9002->90-92/udp, 443/tcp, 443/udp');
  assert.equal(portsText(null, null), '');
});

test('reports', async () => {
  const rows = [
    { ID: 'a', CreatedAt: 'then', Names: 'x' },
    { ID: 'b', CreatedAt: 'now', Names: 'y' },
  ];
  const table = '{{.ID}}\t{{.Names}}';
  const headers = { ID: 'THE ID' };
  assert.equal(await render(rows, { table, headers }), 'THE ID      NAMES\na           x\nb           y\n');
  assert.equal(await render(rows, { table, headers, noHeading: true }), 'a           x\nb           y\n');
  assert.equal(await render([], { table }), 'ID          NAMES\n');
  assert.equal(await render(rows, { table, format: '{{.ID}}\\t{{.Names}}' }), 'a\tx\nb\ty\n');
  assert.equal(await render([], { table, format: '{{.ID}}' }), '');
  assert.equal(await render(rows, { table, format: 'table {{.CreatedAt}} {{.ID}}' }), 'CREATED AT ID\nthen a\nnow b\n');
  assert.equal(await render(rows.slice(1), { table, format: 'json', json: [1] }), '[\n  1\n]\n');
  await assert.rejects(render(rows, { table, format: '{{.Nope}}' }), {
    name: 'Failure',
    message: /can't evaluate field Nope/,
  });
});

test('YAML', () => {
  const value = {
    text: 'plain',
    quoted: ['yes', '1.5', 'a: b', '', '- x', 'null', '#x', 'a\nb'],
    number: 1,
    none: null,
    empty: [],
    nothing: {},
    list: [{ a: 1, b: [2] }],
    'a key': { deep: true },
  };
  assert.equal(
    toYaml(value),
    [
      'text: plain',
      'quoted:',
      '- "yes"',
      '- "1.5"',
      '- "a: b"',
      '- ""',
      '- "- x"',
      '- "null"',
      '- "#x"',
      '- "a\\nb"',
      'number: 1',
      'none: null',
      'empty: []',
      'nothing: {}',
      'list:',
      '- a: 1',
      '  b:',
      '  - 2',
      'a key:',
      '  deep: true',
    ].join('\n'),
  );
});
