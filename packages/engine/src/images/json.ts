/** Typed reads of JSON that somebody else wrote. A value of another type than asked for counts as an error. */
export class JsonObject {
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #what: string;

  /** @throws TypeError */
  constructor(value: unknown, what: string) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new TypeError(`${what} is no object`);
    this.#values = new Map(Object.entries(value));
    this.#what = what;
  }

  /** The member as it is; null counts as absent, as Go writes it for empty slices and maps. */
  raw(key: string): unknown {
    return this.#values.get(key) ?? undefined;
  }

  string(key: string): string | undefined {
    return this.#typed(key, 'a string', (value): value is string => typeof value === 'string');
  }

  number(key: string): number | undefined {
    return this.#typed(key, 'a number', (value): value is number => typeof value === 'number');
  }

  boolean(key: string): boolean | undefined {
    return this.#typed(key, 'a boolean', (value): value is boolean => typeof value === 'boolean');
  }

  strings(key: string): string[] | undefined {
    return this.#typed(
      key,
      'a list of strings',
      (value): value is string[] => Array.isArray(value) && value.every((item) => typeof item === 'string'),
    );
  }

  stringMap(key: string): Record<string, string> | undefined {
    const object = this.object(key);
    if (object === undefined) return undefined;
    return Object.fromEntries([...object.#values.keys()].map((name) => [name, object.string(name) ?? '']));
  }

  /** The keys of a member object whose values carry nothing (`{"80/tcp": {}}`). */
  keys(key: string): string[] | undefined {
    const object = this.object(key);
    return object === undefined ? undefined : [...object.#values.keys()];
  }

  object(key: string): JsonObject | undefined {
    const value = this.raw(key);
    return value === undefined ? undefined : new JsonObject(value, `${this.#what}.${key}`);
  }

  objects(key: string): JsonObject[] | undefined {
    const value = this.#typed(key, 'a list', (value): value is unknown[] => Array.isArray(value));
    return value?.map((item, index) => new JsonObject(item, `${this.#what}.${key}[${index}]`));
  }

  /** @throws TypeError where the member is absent */
  required<T>(key: string, value: T | undefined): T {
    if (value === undefined) throw new TypeError(`${this.#what} has no ${key}`);
    return value;
  }

  #typed<T>(key: string, kind: string, is: (value: unknown) => value is T): T | undefined {
    const value = this.raw(key);
    if (value === undefined) return undefined;
    if (!is(value)) throw new TypeError(`${this.#what}.${key} is not ${kind}`);
    return value;
  }
}

/** Leaves out members that are undefined, so that records say nothing where there is nothing. */
export function defined<T extends object>(object: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined);
  // The one place that knows the filtered entries still are T's members.
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
