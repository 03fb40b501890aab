/** Whether `if` takes it for true: not what is empty, zero or missing. */
export function truth(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return Boolean(value);
}

/**
 * A member of a map or list. The service's JSON spells some names otherwise than Go's structs, which templates are written for: a name
 * that is not there is looked for in any case.
 */
export function member(value: unknown, key: unknown): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  const name = String(key);
  if (Object.hasOwn(value, name)) return Reflect.get(value, name);
  const lower = name.toLowerCase();
  const other = Object.keys(value).find((candidate) => candidate.toLowerCase() === lower);
  return other === undefined ? undefined : Reflect.get(value, other);
}

export function has(value: unknown, name: string): boolean {
  const lower = name.toLowerCase();
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).some((candidate) => candidate.toLowerCase() === lower)
  );
}
