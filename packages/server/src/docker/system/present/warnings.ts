import type { SystemInfo } from '@selkie/engine/system/info';

/** What a container cannot have on this host, in the words Docker's clients show. */
export function hostWarnings({ host, cgroups: { features, version } }: SystemInfo): string[] | null {
  const missing: readonly (readonly [isThere: boolean, what: string])[] = [
    [features.memory, 'No memory limit support'],
    [features.swap, 'No swap limit support'],
    // Version 2 has no way to switch the kernel's last resort off.
    [features.oomKillDisable || version === 2, 'No oom kill disable support'],
    [features.cpuQuota, 'No cpu cfs quota support'],
    [features.cpuShares, 'No cpu shares support'],
    [features.cpuset, 'No cpuset support'],
    [features.pids, 'No pids limit support'],
    [features.blkioWeight, 'No blkio weight support'],
    [features.blkioThrottle, 'No blkio throttle support'],
    [host.ipv4Forwarding, 'IPv4 forwarding is disabled'],
  ];
  const warnings = missing.filter(([isThere]) => !isThere).map(([, what]) => `WARNING: ${what}`);
  return warnings.length > 0 ? warnings : null;
}
