import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flag, integer, list, text } from '../../src/options/option.ts';
import { parseOptions } from '../../src/options/parse.ts';

const OPTIONS = {
  interactive: flag('', { short: 'i' }),
  tty: flag('', { short: 't' }),
  proxy: flag('', { default: true }),
  name: text('NAME', '', { aliases: ['called'] }),
  pull: text('POLICY', '', { implied: 'always' }),
  publish: list('PORT', '', { short: 'p', commas: true }),
  env: list('NAME', '', { short: 'e' }),
  time: integer('SECONDS', '', { short: 'T' }),
} as const;

const NOTHING = {
  interactive: false,
  tty: false,
  proxy: true,
  name: undefined,
  pull: undefined,
  publish: [],
  env: [],
  time: undefined,
};

const parse = (...argv: readonly string[]) => parseOptions(OPTIONS, argv, false);

test('options are read in every form pflag knows', () => {
  const cases: readonly (readonly [argv: readonly string[], values: object])[] = [
    [[], {}],
    [['-it'], { interactive: true, tty: true }],
    [['-i', '-t=false'], { interactive: true }],
    [['--proxy=false', '--tty=1'], { proxy: false, tty: true }],
    [['--name', 'a', '--name=b'], { name: 'b' }],
    [['--called', 'c'], { name: 'c' }],
    [['--name='], { name: '' }],
    [['--name', '--tty'], { name: '--tty' }],
    [['--pull', '--tty'], { pull: 'always', tty: true }],
    [['--pull=never'], { pull: 'never' }],
    [['-p80:80', '-p', '81,82', '-p=83'], { publish: ['80:80', '81', '82', '83'] }],
    [['-itp', '80'], { interactive: true, tty: true, publish: ['80'] }],
    [['-e', 'A=1,2', '-eB=x'], { env: ['A=1,2', 'B=x'] }],
    [['--time', '-1', '-T5'], { time: 5 }],
  ];
  for (const [argv, values] of cases)
    assert.deepEqual(parse(...argv).values, { ...NOTHING, ...values }, argv.join(' '));
});

test('where options end', () => {
  assert.deepEqual(parse('-i', 'image', '-t', '--name').args, ['image', '-t', '--name']);
  assert.deepEqual(parse('-i', '--', '-t').args, ['-t']);
  assert.deepEqual(parse('-', 'x').args, ['-', 'x']);
  const mixed = parseOptions(OPTIONS, ['a', '-i', 'b', '--', '-t'], true);
  assert.deepEqual([mixed.args, mixed.values.interactive, mixed.values.tty], [['a', 'b', '-t'], true, false]);
});

test('help is asked for before the arguments only', () => {
  assert.equal(parse('--help').help, true);
  assert.equal(parse('-h').help, true);
  assert.equal(parse('image', '--help').help, false);
  const own = { hostname: text('NAME', '', { short: 'h' }) };
  assert.equal(parseOptions(own, ['-h', 'x'], false).values.hostname, 'x');
});

test('what is wrong is said, with what may be meant', () => {
  const cases: readonly (readonly [argv: readonly string[], message: RegExp, hint?: RegExp])[] = [
    [['--nmae', 'x'], /^unknown flag: --nmae$/, /Did you mean --name\?/],
    [['--zzzzzz'], /^unknown flag: --zzzzzz$/],
    [['-ix'], /unknown shorthand flag: 'x' in -ix/],
    [['--name'], /flag needs an argument: --name/],
    [['-p'], /flag needs an argument: -p/],
    [['--tty=maybe'], /invalid argument "maybe" for "--tty" flag/],
    [['--time', 'soon'], /invalid argument "soon" for "--time" flag/],
  ];
  for (const [argv, message, hint] of cases) {
    assert.throws(() => parse(...argv), { name: 'UsageError', message, ...(hint && { hint }) }, argv.join(' '));
  }
});
