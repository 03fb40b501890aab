import { SelkieError } from '@selkie/contract';
import type { RegistryCredentials, Repository } from '../../ports/registry.ts';
import type { RegistriesConf, RegistryRule } from './registries-conf.ts';

/** One place a repository can be read from. */
export interface Endpoint {
  /** `host[:port]` as dialled. */
  readonly host: string;
  readonly path: string;
  /** TLS is not verified, and plain http is used where TLS does not answer. */
  readonly insecure: boolean;
  readonly credentials?: RegistryCredentials;
}

export interface EndpointOptions {
  readonly conf: RegistriesConf;
  /** Hosts, or hosts with port, that may be spoken to without verified TLS. */
  readonly insecureRegistries: readonly string[];
}

/**
 * Where to ask for a repository, in order: the mirrors its rule names, then the place itself.
 * Credentials go to the place the administrator says the registry is, never to a mirror.
 * @throws SelkieError REGISTRY for a blocked registry
 */
export function endpointsFor(options: EndpointOptions, repository: Repository, byDigest: boolean): Endpoint[] {
  const name = `${repository.host}/${repository.path}`;
  const rule = findRule(options.conf.registries, name);
  if (rule?.blocked) {
    throw new SelkieError('REGISTRY', {
      reason: `registry ${rule.prefix} is blocked in registries.conf`,
    });
  }
  const place = (location: string | undefined, insecure: boolean | undefined) =>
    endpoint(rewrite(name, rule, location), repository.insecure, insecure === true, options);
  const mirrors = (rule?.mirrors ?? [])
    .filter(({ pulls }) => pulls === 'all' || (pulls === 'digest-only') === byDigest)
    .map((mirror) => place(mirror.location, mirror.insecure));
  const primary = place(rule?.location, rule?.insecure);
  const { credentials } = repository;
  return [...mirrors, credentials === undefined ? primary : { ...primary, credentials }];
}

/** The rule with the longest prefix that fits whole components of the name. */
function findRule(rules: readonly RegistryRule[], name: string): RegistryRule | undefined {
  return rules
    .filter((rule) => matchedLength(rule.prefix, name) !== undefined)
    .sort((a, b) => b.prefix.length - a.prefix.length)[0];
}

/** How many characters of `name` the prefix stands for. */
function matchedLength(prefix: string, name: string): number | undefined {
  if (prefix.startsWith('*.')) {
    const host = name.slice(0, name.indexOf('/'));
    return host.endsWith(prefix.slice(1)) && host.length > prefix.length - 1 ? host.length : undefined;
  }
  return name === prefix || name.startsWith(`${prefix}/`) ? prefix.length : undefined;
}

function rewrite(name: string, rule: RegistryRule | undefined, location: string | undefined): string {
  if (rule === undefined || location === undefined) return name;
  return location + name.slice(matchedLength(rule.prefix, name));
}

function endpoint(
  name: string,
  asked: boolean | undefined,
  configured: boolean,
  { insecureRegistries }: EndpointOptions,
): Endpoint {
  const slash = name.indexOf('/');
  const host = name.slice(0, slash);
  return {
    host: host === 'docker.io' ? 'registry-1.docker.io' : host,
    path: name.slice(slash + 1),
    insecure: asked ?? (configured || isLoopback(host) || insecureRegistries.includes(host)),
  };
}

/** Loopback registries may be plain, as dockerd has it: nobody sits in between. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/:\d+$/, '');
  return bare === 'localhost' || bare === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(bare);
}
