import { readdirSync, readFileSync } from 'node:fs';
import { arch, cpus, hostname, totalmem, uptime } from 'node:os';
import type { HostFacts } from '../containers/spec/host.ts';
import type { CpuUtilization, SystemInfo } from './info.ts';

const MACHINES: Readonly<Record<string, string>> = { x64: 'x86_64', arm64: 'aarch64', ia32: 'i686' };

/** What the kernel and the distribution say right now. */
export function describeHost(facts: HostFacts): SystemInfo['host'] {
  const release = osRelease(readOr('/etc/os-release'));
  const memory = meminfo(readOr('/proc/meminfo'));
  return {
    name: hostname(),
    kernel: facts.kernel,
    machine: MACHINES[arch()] ?? arch(),
    architecture: facts.architecture,
    os: release.PRETTY_NAME ?? 'Linux',
    osId: release.ID ?? 'linux',
    osVersion: release.VERSION_ID ?? '',
    osCodename: release.VERSION_CODENAME ?? '',
    osVariant: release.VARIANT_ID ?? '',
    processors: cpus().length,
    cpuUtilization: cpuUtilization(readOr('/proc/stat')),
    memoryTotal: totalmem(),
    memoryFree: memory('MemFree'),
    swapTotal: memory('SwapTotal'),
    swapFree: memory('SwapFree'),
    uptime: uptime(),
    ipv4Forwarding: isOn('/proc/sys/net/ipv4/ip_forward'),
    bridgeFilters: {
      ipv4: isOn('/proc/sys/net/bridge/bridge-nf-call-iptables'),
      ipv6: isOn('/proc/sys/net/bridge/bridge-nf-call-ip6tables'),
    },
    seccomp: facts.seccomp,
    apparmor: facts.apparmor,
    selinux: facts.selinux,
  };
}

/** Reads os-release: `KEY=value` with or without quotes. */
export function osRelease(text: string): Readonly<Record<string, string>> {
  const entries = text.split('\n').flatMap((line) => {
    const match = /^(\w+)=(?:"(.*)"|'(.*)'|(.*))$/.exec(line);
    return match ? [[match[1] ?? '', match[2] ?? match[3] ?? match[4] ?? ''] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** Reads the first line of /proc/stat. */
export function cpuUtilization(text: string): CpuUtilization {
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] =
    /^cpu +([\d ]+)$/m.exec(text)?.[1]?.split(' ').map(Number) ?? [];
  const total = user + nice + system + idle + iowait + irq + softirq + steal;
  const share = (ticks: number) => (total === 0 ? 0 : Math.round((ticks / total) * 10_000) / 100);
  return { user: share(user + nice), system: share(system + irq + softirq + steal), idle: share(idle + iowait) };
}

export function openFiles(): number {
  return readdirSync('/proc/self/fd').length;
}

function meminfo(text: string): (key: string) => number {
  return (key) => Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024;
}

function isOn(path: string): boolean {
  return readOr(path).trim() === '1';
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
