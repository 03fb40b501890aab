import { SelkieError } from '@selkie/contract';
import type { SecurityDefinition } from '../definition.ts';
import type { HostFacts } from './host.ts';
import { parseSeccompProfile } from './seccomp-parse.ts';
import { DEFAULT_PROFILE } from './seccomp-profile.ts';
import type { OciSeccomp, OciSyscallArg } from './types.ts';

/** A profile in the form Docker's clients send: like the runtime's, with rules that depend on capabilities, architecture and kernel. */
export interface SeccompProfile {
  readonly defaultAction: string;
  readonly defaultErrnoRet?: number;
  /** Either of the two; neither: the host's architecture and what it can also run. */
  readonly architectures?: readonly string[];
  readonly archMap?: readonly { readonly architecture: string; readonly subArchitectures: readonly string[] }[];
  readonly flags?: readonly string[];
  readonly syscalls: readonly SeccompRule[];
}

export interface SeccompRule {
  readonly names: readonly string[];
  readonly action: string;
  readonly errnoRet?: number;
  readonly args?: readonly OciSyscallArg[];
  /** The rule counts where every capability is held and the architecture is one of them. */
  readonly includes?: SeccompCondition;
  /** The rule does not count where any capability is held or the architecture is one of them. */
  readonly excludes?: SeccompCondition;
}

export interface SeccompCondition {
  readonly caps?: readonly string[];
  /** Docker's names: amd64, x86, x32, arm64, arm, … */
  readonly arches?: readonly string[];
  /** `5.8`: this kernel or newer. */
  readonly minKernel?: string;
}

/** The first is the native one; the others are what its kernel also runs. */
const ARCHITECTURES: Readonly<Record<string, readonly string[]>> = {
  amd64: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86', 'SCMP_ARCH_X32'],
  arm64: ['SCMP_ARCH_AARCH64', 'SCMP_ARCH_ARM'],
  arm: ['SCMP_ARCH_ARM'],
  ppc64le: ['SCMP_ARCH_PPC64LE'],
  riscv64: ['SCMP_ARCH_RISCV64'],
  s390x: ['SCMP_ARCH_S390X', 'SCMP_ARCH_S390'],
  x86: ['SCMP_ARCH_X86'],
};

type Host = Pick<HostFacts, 'architecture' | 'kernel' | 'seccomp' | 'x32'>;

/** The filter of a container with these capabilities, or undefined where it runs without one. */
export function buildSeccomp(
  security: Pick<SecurityDefinition, 'privileged' | 'seccomp'>,
  capabilities: readonly string[],
  host: Host,
): OciSeccomp | undefined {
  const asked = security.seccomp;
  if (asked === 'unconfined' || (security.privileged && asked === undefined)) return undefined;
  if (!host.seccomp) {
    if (asked === undefined) return undefined;
    throw new SelkieError('INVALID_PARAMETER', { reason: 'seccomp profiles are not supported by this kernel' });
  }
  return resolveProfile(asked === undefined ? DEFAULT_PROFILE : parseSeccompProfile(asked), capabilities, host);
}

export function resolveProfile(profile: SeccompProfile, capabilities: readonly string[], host: Host): OciSeccomp {
  const applies = (rule: SeccompRule): boolean =>
    (rule.includes === undefined || meetsAll(rule.includes, capabilities, host)) &&
    (rule.excludes === undefined || !meetsAny(rule.excludes, capabilities, host));
  return {
    defaultAction: profile.defaultAction,
    ...(profile.defaultErrnoRet !== undefined && { defaultErrnoRet: profile.defaultErrnoRet }),
    architectures: architecturesOf(profile, host),
    ...(profile.flags && { flags: profile.flags }),
    syscalls: profile.syscalls.filter(applies).map(({ names, action, errnoRet, args }) => ({
      names,
      action,
      ...(errnoRet !== undefined && { errnoRet }),
      ...(args && { args }),
    })),
  };
}

function meetsAll(condition: SeccompCondition, capabilities: readonly string[], host: Host): boolean {
  return (
    (condition.caps ?? []).every((name) => capabilities.includes(name)) &&
    (condition.arches === undefined || condition.arches.length === 0 || condition.arches.includes(host.architecture)) &&
    (condition.minKernel === undefined || atLeast(host.kernel, condition.minKernel))
  );
}

function meetsAny(condition: SeccompCondition, capabilities: readonly string[], host: Host): boolean {
  return (
    (condition.caps ?? []).some((name) => capabilities.includes(name)) ||
    (condition.arches ?? []).includes(host.architecture) ||
    (condition.minKernel !== undefined && atLeast(host.kernel, condition.minKernel))
  );
}

function architecturesOf(profile: SeccompProfile, host: Host): readonly string[] {
  if (profile.architectures && profile.architectures.length > 0) return profile.architectures;
  // Each ABI costs a container's start and every exec milliseconds, and what the kernel does not run needs no filter.
  const own = (ARCHITECTURES[host.architecture] ?? []).filter((name) => name !== 'SCMP_ARCH_X32' || host.x32);
  const mapped = profile.archMap?.find((entry) => entry.architecture === own[0]);
  return mapped === undefined ? own : [mapped.architecture, ...mapped.subArchitectures];
}

function atLeast(kernel: string, wanted: string): boolean {
  const [major = 0, minor = 0] = kernel.split('.').map((part) => Number.parseInt(part, 10));
  const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map((part) => Number.parseInt(part, 10));
  return major > wantedMajor || (major === wantedMajor && minor >= wantedMinor);
}
