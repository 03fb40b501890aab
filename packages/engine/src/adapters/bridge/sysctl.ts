import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const ROOT = '/proc/sys/net';

/** Sets a network setting of the calling thread's namespace; one already so is left alone, as /proc/sys may be read-only then. */
export function setSysctl(path: string, value: string): void {
  if (readSysctl(path) === value) return;
  writeFileSync(`${ROOT}/${path}`, value);
}

/** Undefined where the kernel has no such setting (IPv6 switched off). */
export function readSysctl(path: string): string | undefined {
  try {
    return readFileSync(`${ROOT}/${path}`, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Makes the host forward IPv6. A forwarding host ignores router advertisements unless told otherwise, and would lose its own default route
 * when that expires, so interfaces that take them now keep doing so.
 */
export function forwardIpv6(): void {
  if (readSysctl('ipv6/conf/all/forwarding') === '1') return;
  for (const name of readdirSync(`${ROOT}/ipv6/conf`)) {
    if (name !== 'all' && name !== 'lo' && readSysctl(`ipv6/conf/${name}/accept_ra`) === '1') {
      setSysctl(`ipv6/conf/${name}/accept_ra`, '2');
    }
  }
  setSysctl('ipv6/conf/all/forwarding', '1');
}
