import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SelkieError } from '@selkie/contract';
import { parse } from 'smol-toml';
import type { ShortNameRules } from '../../images/short-names.ts';

export interface MirrorRule {
  readonly location: string;
  readonly insecure: boolean;
  readonly pulls: 'all' | 'digest-only' | 'tag-only';
}

/** One `[[registry]]` of registries.conf. */
export interface RegistryRule {
  /** `host[:port][/path]`, or `*.example.com`. */
  readonly prefix: string;
  /** Takes the prefix's place in the name; absent: the name stays. */
  readonly location?: string;
  readonly insecure: boolean;
  readonly blocked: boolean;
  readonly mirrors: readonly MirrorRule[];
}

export interface RegistriesConf extends ShortNameRules {
  readonly registries: readonly RegistryRule[];
}

export const NO_REGISTRIES_CONF: RegistriesConf = {
  registries: [],
  searchRegistries: [],
  aliases: {},
  mode: 'permissive',
};

/**
 * Reads registries.conf (version 2) and the `*.conf` files of `<path>.d` in name order; later ones add to and override earlier ones.
 * A file that is not there counts as empty.
 * @throws SelkieError HOST for a file that cannot be understood
 */
export function readRegistriesConf(path: string): RegistriesConf {
  const dropIns = list(`${path}.d`).map((name) => join(`${path}.d`, name));
  return [path, ...dropIns].reduce<RegistriesConf>((merged, file) => {
    const text = read(file);
    return text === undefined ? merged : merge(merged, parseRegistriesConf(text, file));
  }, NO_REGISTRIES_CONF);
}

/** @throws SelkieError HOST */
export function parseRegistriesConf(text: string, file: string): Partial<RegistriesConf> {
  try {
    const document = new Table(parse(text));
    if (['search', 'insecure', 'block'].some((key) => document.table('registries')?.table(key))) {
      throw new Error('version 1 of the format is not supported');
    }
    const search = document.strings('unqualified-search-registries');
    const mode = document.oneOf('short-name-mode', ['enforcing', 'permissive', 'disabled']);
    return {
      registries: document.tables('registry').map(registryRule),
      aliases: document.table('aliases')?.allStrings() ?? {},
      ...(search && { searchRegistries: search }),
      ...(mode && { mode }),
    };
  } catch (cause) {
    const reason = `${file}: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new SelkieError('HOST', { reason }, { cause });
  }
}

function registryRule(table: Table): RegistryRule {
  const location = table.string('location');
  const prefix = table.string('prefix') ?? location;
  if (prefix === undefined) throw new Error('a registry needs a prefix or a location');
  if (location === undefined && !prefix.startsWith('*.')) throw new Error(`registry "${prefix}" needs a location`);
  const digestOnly = table.boolean('mirror-by-digest-only') ?? false;
  const mirrors = table.tables('mirror').map((mirror): MirrorRule => {
    const mirrorLocation = mirror.string('location');
    if (mirrorLocation === undefined) throw new Error(`a mirror of "${prefix}" needs a location`);
    const pulls = mirror.oneOf('pull-from-mirror', ['all', 'digest-only', 'tag-only']);
    return {
      location: trimmed(mirrorLocation),
      insecure: mirror.boolean('insecure') ?? false,
      pulls: pulls ?? (digestOnly ? 'digest-only' : 'all'),
    };
  });
  return {
    prefix: trimmed(prefix),
    ...(location !== undefined && { location: trimmed(location) }),
    insecure: table.boolean('insecure') ?? false,
    blocked: table.boolean('blocked') ?? false,
    mirrors,
  };
}

function merge(base: RegistriesConf, over: Partial<RegistriesConf>): RegistriesConf {
  const rules = new Map([...base.registries, ...(over.registries ?? [])].map((rule) => [rule.prefix, rule]));
  return { ...base, ...over, registries: [...rules.values()], aliases: { ...base.aliases, ...over.aliases } };
}

function trimmed(location: string): string {
  return location.replace(/\/+$/, '');
}

function list(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith('.conf'))
      .sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** Typed reads of a TOML table: a value of another type than expected is an error and not ignored. */
class Table {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(value: unknown) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('expected a table');
    this.#values = Object.fromEntries(Object.entries(value));
  }

  string(key: string): string | undefined {
    const value = this.#values[key];
    if (value !== undefined && typeof value !== 'string') throw new Error(`${key} is not a string`);
    return value;
  }

  boolean(key: string): boolean | undefined {
    const value = this.#values[key];
    if (value !== undefined && typeof value !== 'boolean') throw new Error(`${key} is not a boolean`);
    return value;
  }

  oneOf<const S extends string>(key: string, allowed: readonly S[]): S | undefined {
    const value = this.string(key);
    if (value === undefined) return undefined;
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw new Error(`${key} is "${value}", not one of ${allowed.join(', ')}`);
    return found;
  }

  strings(key: string): string[] | undefined {
    const value = this.#values[key];
    if (value === undefined) return undefined;
    if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) {
      throw new Error(`${key} is not a list of strings`);
    }
    return value;
  }

  allStrings(): Record<string, string> {
    return Object.fromEntries(Object.keys(this.#values).map((key) => [key, this.string(key) ?? '']));
  }

  table(key: string): Table | undefined {
    const value = this.#values[key];
    return value === undefined ? undefined : new Table(value);
  }

  tables(key: string): Table[] {
    const value = this.#values[key];
    if (value === undefined) return [];
    if (!Array.isArray(value)) throw new Error(`${key} is not a list of tables`);
    return value.map((item) => new Table(item));
  }
}
