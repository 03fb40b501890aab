import { matchesGlob } from './pattern.ts';

type Labels = Readonly<Record<string, string>>;

/** A `label` filter: `key`, `key=value`, and `*` in the key for anything. Every one given has to be there. */
export function hasLabels(labels: Labels, wanted: readonly string[]): boolean {
  return wanted.every((one) => hasLabel(labels, one));
}

/** A `label!` filter: not one of those given may be there. */
export function lacksLabels(labels: Labels, unwanted: readonly string[]): boolean {
  return !unwanted.some((one) => hasLabel(labels, one));
}

function hasLabel(labels: Labels, wanted: string): boolean {
  const [key = '', value] = wanted.split(/=(.*)/s);
  return Object.entries(labels).some(
    ([name, has]) => (name === key || matchesGlob(name, key)) && (value === undefined || has === value),
  );
}
