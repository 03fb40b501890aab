import { SelkieError } from '@selkie/contract';
import type { CgroupFeatures } from '../../ports/cgroups.ts';
import type { DeviceRate, ResourcesDefinition } from '../definition.ts';
import type { HostDevices } from './host-devices.ts';
import type { Warn } from './input.ts';
import type { OciBlockIo, OciThrottle } from './types.ts';

/** Weights and rates of block devices. */
export function buildBlockIo(
  asked: ResourcesDefinition,
  host: CgroupFeatures,
  devices: HostDevices,
  warn: Warn,
): OciBlockIo | undefined {
  const weights = asked.blkioWeightDevice ?? [];
  const { readBps, writeBps, readIops, writeIops } = asked.throttle ?? {};
  const rates = (list: readonly DeviceRate[] | undefined) => throttles(list, host, devices, warn);
  const result: OciBlockIo = {
    ...(asked.blkioWeight && weightSupported(host, warn) && { weight: weight(asked.blkioWeight) }),
    ...(weights.length > 0 &&
      weightSupported(host, warn) && {
        weightDevice: weights.map((entry) => ({ ...numbers(entry.path, devices), weight: weight(entry.weight) })),
      }),
    ...named('throttleReadBpsDevice', rates(readBps)),
    ...named('throttleWriteBpsDevice', rates(writeBps)),
    ...named('throttleReadIOPSDevice', rates(readIops)),
    ...named('throttleWriteIOPSDevice', rates(writeIops)),
  };
  return Object.keys(result).length > 0 ? result : undefined;
}

function named<K extends string>(name: K, list: OciThrottle[]): { [P in K]?: OciThrottle[] } {
  const result: { [P in K]?: OciThrottle[] } = {};
  if (list.length > 0) result[name] = list;
  return result;
}

function throttles(
  list: readonly DeviceRate[] | undefined,
  host: CgroupFeatures,
  devices: HostDevices,
  warn: Warn,
): OciThrottle[] {
  if (list === undefined || list.length === 0) return [];
  if (!host.blkioThrottle) {
    warn('This host does not support block device rates; they have no effect');
    return [];
  }
  return list.map(({ path, rate }) => {
    if (!Number.isSafeInteger(rate) || rate <= 0) {
      throw new SelkieError('INVALID_PARAMETER', { reason: `invalid rate for device ${path}: ${rate}` });
    }
    return { ...numbers(path, devices), rate };
  });
}

function weightSupported(host: CgroupFeatures, warn: Warn): boolean {
  if (!host.blkioWeight) warn('This host does not support block I/O weights; they have no effect');
  return host.blkioWeight;
}

function weight(value: number): number {
  if (!Number.isInteger(value) || value < 10 || value > 1000) {
    throw new SelkieError('INVALID_PARAMETER', { reason: 'Range of blkio weight is from 10 to 1000' });
  }
  return value;
}

function numbers(path: string, devices: HostDevices): { major: number; minor: number } {
  const [device, ...more] = devices.find(path);
  if (device === undefined || more.length > 0 || device.type !== 'b') {
    throw new SelkieError('INVALID_PARAMETER', { reason: `${path} is no block device` });
  }
  return { major: device.major, minor: device.minor };
}
