import type { HostConfig } from '@selkie/contract/docker/types/host-config';
import type { SecurityDefinition } from '@selkie/engine/containers/definition';
import { invalid } from '../../../translate/refuse.ts';

export function securityDefinition(host: HostConfig): SecurityDefinition {
  const options = securityOptions(host.SecurityOpt ?? []);
  return {
    privileged: host.Privileged ?? false,
    capAdd: host.CapAdd ?? [],
    capDrop: host.CapDrop ?? [],
    noNewPrivileges: options.noNewPrivileges,
    ...(options.seccomp === undefined ? {} : { seccomp: options.seccomp }),
    ...(options.apparmor === undefined ? {} : { apparmor: options.apparmor }),
    label: options.label,
    readOnlyRootfs: host.ReadonlyRootfs ?? false,
    ...(options.unmasked ? { maskedPaths: [], readonlyPaths: [] } : {}),
    ...(host.MaskedPaths ? { maskedPaths: host.MaskedPaths } : {}),
    ...(host.ReadonlyPaths ? { readonlyPaths: host.ReadonlyPaths } : {}),
    sysctls: host.Sysctls ?? {},
    deviceCgroupRules: host.DeviceCgroupRules ?? [],
  };
}

interface SecurityOptions {
  readonly noNewPrivileges: boolean;
  readonly seccomp?: string;
  readonly apparmor?: string;
  readonly label: readonly string[];
  readonly unmasked: boolean;
}

function securityOptions(options: readonly string[]): SecurityOptions {
  let parsed: SecurityOptions = { noNewPrivileges: false, label: [], unmasked: false };
  for (const option of options) {
    const [, key = '', value = ''] = /^([^=:]+)(?:[=:](.*))?$/s.exec(option) ?? [];
    switch (key) {
      case 'no-new-privileges':
        parsed = { ...parsed, noNewPrivileges: value === '' || value === 'true' };
        break;
      case 'seccomp':
        // `builtin` is the default profile by its name.
        if (value !== 'builtin') parsed = { ...parsed, seccomp: value };
        break;
      case 'apparmor':
        parsed = { ...parsed, apparmor: value };
        break;
      case 'label':
        parsed = { ...parsed, label: [...parsed.label, value] };
        break;
      case 'systempaths':
        if (value !== 'unconfined') invalid(`invalid --security-opt 2: "${option}"`);
        parsed = { ...parsed, unmasked: true };
        break;
      default:
        invalid(`invalid --security-opt 2: "${option}"`);
    }
  }
  return parsed;
}
