import { readFileSync } from 'node:fs';
import type { LinuxDeviceCgroup } from '@selkie/contract/libpod/types/oci';
import type { SpecGenerator } from '@selkie/contract/libpod/types/spec-generator';
import type { SecurityDefinition } from '@selkie/engine/containers/definition';
import { MASKED_PATHS, READONLY_PATHS } from '@selkie/engine/containers/spec/defaults';
import { invalid, unsupported } from '../../../translate/refuse.ts';

export function securityDefinition(spec: SpecGenerator): SecurityDefinition {
  if (spec.seccomp_policy && spec.seccomp_policy !== 'default')
    unsupported(`seccomp_policy ${spec.seccomp_policy}`, 'not delivered yet');
  return {
    privileged: spec.privileged ?? false,
    capAdd: spec.cap_add ?? [],
    capDrop: spec.cap_drop ?? [],
    noNewPrivileges: spec.no_new_privileges ?? false,
    ...(spec.seccomp_profile_path ? { seccomp: seccompProfile(spec.seccomp_profile_path) } : {}),
    ...(spec.apparmor_profile ? { apparmor: spec.apparmor_profile } : {}),
    label: spec.selinux_opts ?? [],
    readOnlyRootfs: spec.read_only_filesystem ?? false,
    ...(spec.read_only_filesystem && spec.read_write_tmpfs === false ? { readOnlyDev: true } : {}),
    ...maskedPaths(spec),
    sysctls: spec.sysctl ?? {},
    deviceCgroupRules: (spec.device_cgroup_rule ?? []).map(ruleText),
  };
}

/** The path is one on the service's host. */
function seccompProfile(path: string): string {
  if (path === 'unconfined') return path;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return invalid(`opening seccomp profile failed: open ${path}: no such file or directory`);
  }
}

function maskedPaths({
  mask = [],
  unmask = [],
}: SpecGenerator): Pick<SecurityDefinition, 'maskedPaths' | 'readonlyPaths'> {
  if (mask.length === 0 && unmask.length === 0) return {};
  const lifted = unmask.flatMap((paths) => paths.split(':'));
  const kept = (path: string) => !lifted.some((pattern) => pattern.toUpperCase() === 'ALL' || matches(pattern, path));
  return { maskedPaths: [...MASKED_PATHS.filter(kept), ...mask], readonlyPaths: READONLY_PATHS.filter(kept) };
}

/** Shell-like: `*` and `?` stay within a path segment. */
function matches(pattern: string, path: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  return new RegExp(`^${source}$`).test(path);
}

function ruleText({ type = 'a', major, minor, access = 'rwm' }: LinuxDeviceCgroup): string {
  const number = (value: number | undefined) => (value === undefined || value < 0 ? '*' : String(value));
  return `${type} ${number(major)}:${number(minor)} ${access}`;
}
