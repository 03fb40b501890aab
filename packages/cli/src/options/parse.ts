import { UsageError } from '../failure.ts';
import type { Option, OptionSet, Values } from './option.ts';
import { suggest } from './suggest.ts';

interface Parsed<O extends OptionSet> {
  readonly values: Values<O>;
  readonly args: readonly string[];
  /** Every command knows `--help`. */
  readonly help: boolean;
}

type Collected = Record<string, boolean | string | number | undefined | string[]>;

/**
 * Parses arguments as pflag does: `-it`, `-p80:80`, `--name=value`, `--name value`, `--flag=false`, `--` ends the options.
 * @param interspersed whether options may follow the first argument that is none
 * @throws UsageError
 */
export function parseOptions<O extends OptionSet>(
  options: O,
  argv: readonly string[],
  interspersed?: boolean,
): Parsed<O>;
export function parseOptions(
  options: OptionSet,
  argv: readonly string[],
  interspersed = true,
): { values: Collected; args: readonly string[]; help: boolean } {
  const values = defaults(options);
  const args: string[] = [];
  let help = false;
  const rest = [...argv];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      args.push(...rest);
      break;
    }
    if (isHelp(options, word)) help = true;
    else if (word.startsWith('--')) takeLong(options, word, rest, values);
    else if (word.startsWith('-') && word !== '-') takeShort(options, word, rest, values);
    else {
      args.push(word);
      if (interspersed) continue;
      args.push(...rest);
      break;
    }
  }
  return { values, args, help };
}

/** `-h` too, where that is no option of the command's own. */
function isHelp(options: OptionSet, word: string): boolean {
  return word === '--help' || (word === '-h' && Object.values(options).every(({ short }) => short !== 'h'));
}

function defaults(options: OptionSet): Collected {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => [
      name,
      option.kind === 'flag' ? (option.default ?? false) : option.kind === 'list' ? [] : undefined,
    ]),
  );
}

function takeLong(options: OptionSet, word: string, rest: string[], values: Collected): void {
  const equals = word.indexOf('=');
  const given = equals === -1 ? word.slice(2) : word.slice(2, equals);
  const name = findLong(options, given);
  if (name === undefined) throw unknownOption(options, given);
  const option = options[name];
  if (option === undefined) return;
  store(
    values,
    name,
    option,
    `--${given}`,
    equals === -1 ? nextValue(option, `--${given}`, rest) : word.slice(equals + 1),
  );
}

function takeShort(options: OptionSet, word: string, rest: string[], values: Collected): void {
  for (let letters = word.slice(1); letters !== ''; ) {
    const letter = letters.charAt(0);
    letters = letters.slice(1);
    const [name, option] = Object.entries(options).find(([, { short }]) => short === letter) ?? [];
    if (name === undefined || option === undefined) {
      throw new UsageError(`unknown shorthand flag: '${letter}' in ${word}`);
    }
    const attached = letters.startsWith('=') ? letters.slice(1) : letters;
    if (option.kind === 'flag' && !letters.startsWith('=')) {
      store(values, name, option, `-${letter}`, 'true');
      continue;
    }
    store(values, name, option, `-${letter}`, letters === '' ? nextValue(option, `-${letter}`, rest) : attached);
    return;
  }
}

function findLong(options: OptionSet, given: string): string | undefined {
  if (Object.hasOwn(options, given)) return given;
  return Object.entries(options).find(([, { aliases }]) => aliases?.includes(given))?.[0];
}

function nextValue(option: Option, written: string, rest: string[]): string {
  if (option.kind === 'flag') return 'true';
  const value = option.implied ?? rest.shift();
  if (value === undefined) throw new UsageError(`flag needs an argument: ${written}`);
  return value;
}

function store(values: Collected, name: string, option: Option, written: string, value: string): void {
  switch (option.kind) {
    case 'flag':
      values[name] = parseFlag(written, value);
      return;
    case 'integer':
      values[name] = parseInteger(written, value);
      return;
    case 'text':
      values[name] = value;
      return;
    case 'list': {
      const before = values[name];
      values[name] = [...(Array.isArray(before) ? before : []), ...(option.commas ? value.split(',') : [value])];
    }
  }
}

function parseFlag(written: string, value: string): boolean {
  if (/^(1|t|true)$/i.test(value)) return true;
  if (/^(0|f|false)$/i.test(value)) return false;
  throw new UsageError(`invalid argument "${value}" for "${written}" flag: it is true or false`);
}

function parseInteger(written: string, value: string): number {
  if (!/^[+-]?\d{1,15}$/.test(value)) {
    throw new UsageError(`invalid argument "${value}" for "${written}" flag: it must be a whole number`);
  }
  return Number(value);
}

function unknownOption(options: OptionSet, given: string): UsageError {
  const names = Object.entries(options).flatMap(([name, { aliases = [] }]) => [name, ...aliases]);
  const [nearest] = suggest(given, names);
  return new UsageError(`unknown flag: --${given}`, nearest === undefined ? undefined : `Did you mean --${nearest}?`);
}
