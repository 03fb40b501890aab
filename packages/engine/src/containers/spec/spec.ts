import { SelkieError } from '@selkie/contract';
import { defaultsOf } from './defaults.ts';
import { buildDevices } from './devices.ts';
import { utsNames } from './hostname.ts';
import type { SpecInput } from './input.ts';
import { buildMounts, rootfsPropagation } from './mounts.ts';
import { buildNamespaces } from './namespaces.ts';
import { protectedPaths } from './paths.ts';
import { buildProcess, capabilitiesOf } from './process.ts';
import { buildResources } from './resources.ts';
import { buildSeccomp } from './seccomp.ts';
import { forRunc } from './seccomp-runc.ts';
import { buildSysctls } from './sysctls.ts';
import type { OciSpec } from './types.ts';

/**
 * The OCI runtime specification of a container. Nothing outside the input is read.
 * @throws SelkieError INVALID_PARAMETER, UNSUPPORTED, CONTAINER_STATE
 */
export function buildSpec(input: SpecInput): { spec: OciSpec; warnings: string[] } {
  const { definition, host } = input;
  const { security } = definition;
  const warnings: string[] = [];
  const warn = (message: string): void => {
    if (!warnings.includes(message)) warnings.push(message);
  };
  if (definition.init && input.files.init === undefined) {
    throw new SelkieError('UNSUPPORTED', { what: 'init', reason: 'no init binary is installed on this host' });
  }
  checkLabels(security.label, host.selinux, warn);

  const process = buildProcess(input, warn);
  const capabilities = capabilitiesOf(input, warn);
  const { devices, rules } = buildDevices(definition.devices, security, host.devices);
  const mounts = buildMounts(input);
  const built = buildSeccomp(security, capabilities, host);
  const seccomp = built && input.runtime === 'runc' && security.seccomp === undefined ? forRunc(built) : built;
  const propagation = rootfsPropagation(mounts);
  const spec: OciSpec = {
    ociVersion: '1.0.2',
    process,
    root: { path: input.rootfs, readonly: security.readOnlyRootfs },
    ...utsNames(input),
    mounts,
    annotations: definition.annotations,
    linux: {
      namespaces: buildNamespaces(input),
      cgroupsPath: input.cgroupsPath,
      resources: buildResources(definition.resources, host, warn, rules, defaultsOf(definition).pidsLimit),
      devices,
      ...(seccomp && { seccomp }),
      sysctl: buildSysctls(input),
      ...protectedPaths(security),
      ...(propagation && { rootfsPropagation: propagation }),
    },
  };
  return { spec, warnings };
}

function checkLabels(labels: readonly string[], selinux: boolean, warn: (message: string) => void): void {
  for (const label of labels) {
    if (label === 'disable') continue;
    if (selinux) {
      throw new SelkieError('UNSUPPORTED', {
        what: `SELinux label ${label}`,
        reason: 'the engine does not manage labels',
      });
    }
    warn(`SELinux is not enabled on this host; label ${label} has no effect`);
  }
}
