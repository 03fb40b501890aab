/** A value as Go's fmt prints it with %v. */
export function print(value: unknown): string {
  if (value === undefined) return '<no value>';
  if (value === null) return '<nil>';
  if (Array.isArray(value)) return `[${value.map(print).join(' ')}]`;
  if (typeof value !== 'object') return String(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `map[${entries.map(([key, member]) => `${key}:${print(member)}`).join(' ')}]`;
}

const VERB = /%(?<flags>[-+0 #]*)(?<width>\d*)(?:\.(?<precision>\d+))?(?<verb>[a-zA-Z%])/g;

/** Fills a format as Go's Printf does: %v %s %d %q %t %x %f with width, precision and `-`. */
export function format(text: string, args: readonly unknown[]): string {
  let next = 0;
  return text.replace(VERB, (...match) => {
    const { flags, width, precision, verb }: Record<string, string> = match.at(-1);
    if (verb === '%') return '%';
    const word = next < args.length ? spell(verb ?? 'v', args[next++], precision) : `%!${verb}(MISSING)`;
    if (flags?.includes('-')) return word.padEnd(Number(width));
    return word.padStart(Number(width), flags?.includes('0') ? '0' : ' ');
  });
}

function spell(verb: string, value: unknown, precision: string | undefined): string {
  switch (verb) {
    case 'q':
      return JSON.stringify(print(value));
    case 'x':
      return typeof value === 'number' ? value.toString(16) : Buffer.from(print(value)).toString('hex');
    case 'f':
      return Number(value).toFixed(Number(precision ?? 6));
    case 's':
      return print(value).slice(0, precision === undefined ? undefined : Number(precision));
    default:
      return print(value);
  }
}
