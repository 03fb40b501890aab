import { UsageError } from '../failure.ts';
import type { ContainerOptions, Spec } from './spec.ts';
import { given, pair, settings } from './text.ts';

export function securityFields(options: ContainerOptions): Spec {
  return {
    privileged: options.privileged || undefined,
    cap_add: given(options['cap-add']),
    cap_drop: given(options['cap-drop']),
    sysctl: settings('--sysctl', options.sysctl),
    ...securityOptions(options['security-opt']),
  };
}

function securityOptions(texts: readonly string[]): Spec {
  const fields: Spec = {};
  for (const text of texts) {
    // Docker's older form has a colon.
    const [key, value] = pair(text.includes('=') ? text : text.replace(':', '='));
    switch (key) {
      case 'no-new-privileges':
        fields.no_new_privileges = value !== 'false';
        break;
      case 'seccomp':
        fields.seccomp_profile_path = value;
        break;
      case 'apparmor':
        fields.apparmor_profile = value;
        break;
      case 'label':
        fields.selinux_opts = [...(fields.selinux_opts ?? []), value];
        break;
      case 'mask':
        fields.mask = [...(fields.mask ?? []), ...value.split(':')];
        break;
      case 'unmask':
        fields.unmask = [...(fields.unmask ?? []), value];
        break;
      case 'systempaths':
        if (value !== 'unconfined') throw new UsageError(`invalid security option: ${text}`);
        fields.unmask = [...(fields.unmask ?? []), 'ALL'];
        break;
      default:
        throw new UsageError(`invalid security option: ${text}`);
    }
  }
  return fields;
}
