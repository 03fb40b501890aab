import { posix } from 'node:path';
import { SelkieError } from '@selkie/contract';
import type { DeviceDefinition, SecurityDefinition } from '../definition.ts';
import type { HostDevice, HostDevices } from './host-devices.ts';
import type { OciDevice, OciDeviceRule } from './types.ts';

const ALL = 'rwm';

export interface ResolvedDevices {
  readonly devices: OciDevice[];
  /** In force in this order, the last match winning; the runtime adds the devices every container has. */
  readonly rules: OciDeviceRule[];
}

/**
 * Device nodes and what the devices cgroup allows: nothing but what is named, or everything for a privileged container.
 * @throws SelkieError INVALID_PARAMETER
 */
export function buildDevices(
  asked: readonly DeviceDefinition[],
  security: Pick<SecurityDefinition, 'privileged' | 'deviceCgroupRules'>,
  host: HostDevices,
): ResolvedDevices {
  const nodes = new Map<string, OciDevice>();
  const rules: OciDeviceRule[] = [{ allow: security.privileged, access: ALL }];
  if (security.privileged) for (const device of host.all()) nodes.set(device.path, node(device, device.path));
  for (const definition of asked) {
    const access = accessOf(definition.permissions);
    for (const device of lookUp(definition.hostPath, host)) {
      const path = posix.join(definition.containerPath || definition.hostPath, device.suffix);
      nodes.set(path, node(device, path));
      if (!security.privileged) {
        rules.push({ allow: true, type: device.type, major: device.major, minor: device.minor, access });
      }
    }
  }
  rules.push(...security.deviceCgroupRules.map(parseRule));
  return { devices: [...nodes.values()], rules };
}

function lookUp(path: string, host: HostDevices): (HostDevice & { suffix: string })[] {
  const found = host.find(path);
  if (found.length === 0) {
    throw new SelkieError('INVALID_PARAMETER', {
      reason: `error gathering device information while adding custom device "${path}": no device there`,
    });
  }
  return found.map((device) => ({ ...device, suffix: device.path.slice(path.length) }));
}

function node(device: HostDevice, path: string): OciDevice {
  const { type, major, minor, fileMode, uid, gid } = device;
  return { path, type, major, minor, fileMode, uid, gid };
}

function accessOf(permissions: string): string {
  const access = permissions === '' ? ALL : permissions;
  if (!/^[rwm]{1,3}$/.test(access) || new Set(access).size !== access.length) {
    throw new SelkieError('INVALID_PARAMETER', { reason: `invalid device permissions: ${permissions}` });
  }
  return access;
}

function parseRule(text: string): OciDeviceRule {
  const match = /^([abc]) (\d+|\*):(\d+|\*) ([rwm]{1,3})$/.exec(text);
  const [, type, major = '*', minor = '*', access = ALL] = match ?? [];
  if (type !== 'a' && type !== 'b' && type !== 'c') {
    throw new SelkieError('INVALID_PARAMETER', { reason: `invalid device cgroup rule format: '${text}'` });
  }
  return {
    allow: true,
    type,
    ...(major !== '*' && { major: Number(major) }),
    ...(minor !== '*' && { minor: Number(minor) }),
    access,
  };
}
