interface Common {
  readonly help: string;
  /** One-letter form. */
  readonly short?: string;
  /** Other long names. */
  readonly aliases?: readonly string[];
}

export interface Flag extends Common {
  readonly kind: 'flag';
  readonly default?: boolean;
}

interface Valued extends Common {
  /** Name of the value in help. */
  readonly value: string;
  /** What `--name` without `=value` means. Where it is absent the next argument is the value. */
  readonly implied?: string;
}

export interface Text extends Valued {
  readonly kind: 'text';
}

export interface Integer extends Valued {
  readonly kind: 'integer';
}

/** May be given several times. */
export interface List extends Valued {
  readonly kind: 'list';
  /** One value may hold several, separated by commas. */
  readonly commas?: boolean;
}

export type Option = Flag | Text | Integer | List;

/** By long name, without dashes. */
export type OptionSet = Readonly<Record<string, Option>>;

/** What parsing makes of a set. */
export type Values<O extends OptionSet> = {
  readonly [N in keyof O]: O[N] extends Flag
    ? boolean
    : O[N] extends List
      ? readonly string[]
      : (O[N] extends Integer ? number : string) | undefined;
};

type Extra<T extends Option> = Omit<Partial<T>, 'kind' | 'help' | 'value'>;

export function flag(help: string, extra: Extra<Flag> = {}): Flag {
  return { kind: 'flag', help, ...extra };
}

export function text(value: string, help: string, extra: Extra<Text> = {}): Text {
  return { kind: 'text', value, help, ...extra };
}

export function integer(value: string, help: string, extra: Extra<Integer> = {}): Integer {
  return { kind: 'integer', value, help, ...extra };
}

export function list(value: string, help: string, extra: Extra<List> = {}): List {
  return { kind: 'list', value, help, ...extra };
}
