import type { Group } from '@selkie/contract';

/** A request target, taken apart but not decoded. */
export interface Target {
  /** Without the version prefix, slashes cleaned, still percent-encoded. */
  readonly path: string;
  /** What the `/v…` prefix says. */
  readonly version?: string;
  readonly search: string;
  /** Whose words an answer is in, even where no operation matches. */
  readonly group: Group;
}

const versioned = /^\/v(\d+(?:\.\d+)*)[\w.-]*(?=\/)/;

/** Takes a request target apart. Doubled slashes are cleaned here rather than redirected: a redirected POST loses its body. */
export function parseTarget(url: string): Target {
  const question = url.indexOf('?');
  const full = question === -1 ? url : url.slice(0, question);
  const search = question === -1 ? '' : url.slice(question + 1);
  const clean = full.replace(/^https?:\/\/[^/]*/i, '').replace(/\/{2,}/g, '/');
  const version = versioned.exec(clean);
  const path = version === null ? clean : clean.slice(version[0].length);
  const group = path.startsWith('/libpod/') ? 'libpod' : 'docker';
  return { path, search, group, ...(version?.[1] !== undefined && { version: version[1] }) };
}
