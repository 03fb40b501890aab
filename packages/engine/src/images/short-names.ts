import { SelkieError } from '@selkie/contract';
import {
  type FullReference,
  familiar,
  formatReference,
  onDockerHub,
  parseReference,
  type Reference,
  withDefaultTag,
} from './reference.ts';

/** How a dialect completes names that do not say which registry they are in. */
export interface ShortNames {
  /**
   * Names under which an image may be stored here, best first.
   * @throws SelkieError INVALID_PARAMETER
   */
  local(reference: Reference): readonly FullReference[];
  /**
   * Where to pull from, to be tried in order.
   * @throws SelkieError INVALID_PARAMETER where nothing says so
   */
  remote(reference: Reference): readonly FullReference[];
  /** The stored name a new tag gets. */
  stored(reference: Reference): FullReference;
  /** Whether a short name also finds an image of any registry whose name ends in it. */
  readonly anyRegistry: boolean;
  /** How an unknown name is worded in an error. */
  worded(text: string): string;
}

/** The Docker API: everything short is on Docker Hub. */
export const dockerNames: ShortNames = {
  local: (reference) => [onDockerHub(reference)],
  remote: (reference) => [onDockerHub(reference)],
  stored: onDockerHub,
  anyRegistry: false,
  worded: (text) => {
    try {
      return familiar(withDefaultTag(onDockerHub(parseReference(text))));
    } catch {
      return text;
    }
  },
};

/** The part of registries.conf that short names need. */
export interface ShortNameRules {
  readonly searchRegistries: readonly string[];
  /** Short name → full name without tag. */
  readonly aliases: Readonly<Record<string, string>>;
  readonly mode: 'enforcing' | 'permissive' | 'disabled';
}

/** The libpod API: aliases, `localhost/` for what was made here, and the configured search registries. */
export class SearchedNames implements ShortNames {
  readonly anyRegistry = true;
  readonly #rules: () => ShortNameRules;

  constructor(rules: () => ShortNameRules) {
    this.#rules = rules;
  }

  local(reference: Reference): readonly FullReference[] {
    if (reference.domain !== undefined) return [onDockerHub(reference)];
    const { searchRegistries } = this.#rules();
    const alias = this.#alias(reference);
    const searched = [...searchRegistries, 'docker.io'].map((domain) => onDockerHub({ ...reference, domain }));
    const local = { ...reference, domain: 'localhost' };
    return unique(alias === undefined ? [local, ...searched] : [alias, local, ...searched]);
  }

  remote(reference: Reference): readonly FullReference[] {
    if (reference.domain !== undefined) return [onDockerHub(reference)];
    const alias = this.#alias(reference);
    if (alias !== undefined) return [alias];
    const { searchRegistries, mode } = this.#rules();
    const name = formatReference(reference);
    if (searchRegistries.length === 0) {
      const reason = `short-name "${name}" did not resolve to an alias and no unqualified-search registries are defined`;
      throw new SelkieError('INVALID_PARAMETER', { reason });
    }
    // Nobody is there to be asked which one is meant, so the strict mode can only accept a single choice.
    if (mode === 'enforcing' && searchRegistries.length > 1) {
      const reason = `short-name resolution enforced but cannot prompt without a TTY: "${name}"`;
      throw new SelkieError('INVALID_PARAMETER', { reason });
    }
    return searchRegistries.map((domain) => onDockerHub({ ...reference, domain }));
  }

  stored(reference: Reference): FullReference {
    return reference.domain === undefined ? { ...reference, domain: 'localhost' } : onDockerHub(reference);
  }

  worded(text: string): string {
    return text;
  }

  #alias(reference: Reference): FullReference | undefined {
    const target = this.#rules().aliases[reference.path];
    if (target === undefined || target === '') return undefined;
    const { tag, digest } = reference;
    return { ...onDockerHub(parseReference(target)), ...(tag && { tag }), ...(digest && { digest }) };
  }
}

function unique(references: readonly FullReference[]): FullReference[] {
  return [...new Map(references.map((reference) => [formatReference(reference), reference])).values()];
}
