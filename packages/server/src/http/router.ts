import { inRange, type Operation, resolveVersion, SelkieError } from '@selkie/contract';
import type { Route } from './handler.ts';
import { type CompiledPath, compareSpecificity, compilePath } from './path.ts';
import type { Target } from './target.ts';

/** The operation a request asks for. */
export interface Match<E> {
  readonly operation: Operation;
  /** Undefined while nobody serves the operation. */
  readonly route: Route<E> | undefined;
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly version: string;
}

interface Entry<E> {
  readonly operation: Operation;
  readonly route: Route<E> | undefined;
  readonly compiled: CompiledPath;
}

/** Finds the operation of a request: the most specific path first, then method, version and query. */
export class Router<E> {
  readonly #areas = new Map<string, Entry<E>[]>();

  /** @param operations rows of the table; those without a route are answered with 501 */
  constructor(routes: readonly Route<E>[], operations: readonly Operation[] = []) {
    const served = new Map(routes.map((route) => [route.operation, route]));
    const all = new Set([...operations, ...served.keys()]);
    for (const operation of all) {
      const compiled = compilePath(operation.path);
      const key = areaOf(operation.path);
      const entries = this.#areas.get(key) ?? [];
      entries.push({ operation, route: served.get(operation), compiled });
      this.#areas.set(key, entries);
    }
    for (const entries of this.#areas.values()) {
      entries.sort((a, b) => compareSpecificity(a.compiled, b.compiled));
    }
  }

  /** @throws SelkieError PAGE_NOT_FOUND, METHOD_NOT_ALLOWED, VERSION_TOO_OLD, VERSION_TOO_NEW, INVALID_PARAMETER */
  match(method: string, target: Target): Match<E> {
    const found = (this.#areas.get(areaOf(target.path)) ?? []).filter((entry) =>
      entry.compiled.pattern.test(target.path),
    );
    if (found.length === 0) throw new SelkieError('PAGE_NOT_FOUND', {});
    const version = resolveVersion(target.group, target.version);
    const current = found.filter(({ operation }) => inRange(version, operation.since, operation.until));
    if (current.length === 0) throw new SelkieError('PAGE_NOT_FOUND', {});
    const query = new URLSearchParams(target.search);
    const { operation, route, compiled } = select(withMethod(current, method), query);
    return { operation, route, path: compiled.parameters(target.path), query, version };
  }
}

/** The literal segments that tell operations apart soonest: `containers`, `libpod/containers`. */
function areaOf(path: string): string {
  const [, first = '', second = ''] = path.split('/', 3);
  return first === 'libpod' ? `libpod/${second}` : first;
}

function withMethod<E>(entries: readonly Entry<E>[], method: string): readonly Entry<E>[] {
  const having = (wanted: string) => entries.filter(({ operation }) => operation.method === wanted);
  const exact = having(method);
  const chosen = exact.length === 0 && method === 'HEAD' ? having('GET') : exact;
  if (chosen.length > 0) return chosen;
  const allowed = new Set(entries.map(({ operation }) => operation.method));
  throw new SelkieError('METHOD_NOT_ALLOWED', { allowed: [...allowed].join(', ') });
}

/** Of the rows for the most specific path, the one whose query key is present, or the one that asks for none. */
function select<E>(entries: readonly Entry<E>[], query: URLSearchParams): Entry<E> {
  const present = new Set(Array.from(query.keys(), (key) => key.toLowerCase()));
  const wanted = ({ whenQuery }: Operation) => whenQuery === undefined || present.has(whenQuery.toLowerCase());
  const best = entries.filter(({ operation }) => operation.path === entries[0]?.operation.path);
  const chosen =
    best.find(({ operation }) => operation.whenQuery !== undefined && wanted(operation)) ??
    best.find(({ operation }) => wanted(operation));
  if (chosen !== undefined) return chosen;
  const keys = best.map(({ operation }) => operation.whenQuery).join(' or ');
  throw new SelkieError('INVALID_PARAMETER', { reason: `one of the query parameters ${keys} is required` });
}
