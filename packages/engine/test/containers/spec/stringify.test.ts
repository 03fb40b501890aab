import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildSpec } from '../../../src/containers/spec/spec.ts';
import { stringifySpec } from '../../../src/containers/spec/stringify.ts';
import { host, input } from '../../support/spec.ts';

test('unlimited is written as the kernel’s number, digit by digit', () => {
  const { spec } = buildSpec(
    input(
      { resources: { ulimits: [{ name: 'core', soft: 0, hard: -1 }] } },
      { host: host({ maxRlimit: () => Number.POSITIVE_INFINITY }) },
    ),
  );
  assert.match(stringifySpec(spec), /\{"type":"RLIMIT_CORE","soft":0,"hard":18446744073709551615\}/);
});
