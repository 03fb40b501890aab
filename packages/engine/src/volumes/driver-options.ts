import { SelkieError } from '@selkie/contract';
import { MS_BIND, MS_NODEV, MS_NOEXEC, MS_NOSUID, MS_RDONLY, MS_REC } from '@selkie/native/mount';
import type { VolumeMount } from './record.ts';

export interface DriverOptions {
  readonly mount?: VolumeMount;
  readonly uid?: number;
  readonly gid?: number;
  /** Left empty at first use instead of filled from the image. */
  readonly noCopy: boolean;
}

const FLAGS: ReadonlyMap<string, number> = new Map([
  ['defaults', 0],
  ['rw', 0],
  ['ro', MS_RDONLY],
  ['nosuid', MS_NOSUID],
  ['nodev', MS_NODEV],
  ['noexec', MS_NOEXEC],
]);
const BIND_FLAGS: ReadonlyMap<string, number> = new Map([
  ['bind', 0],
  ['rbind', MS_REC],
]);
const TMPFS_DATA = /^(size=\d+[kmg%]?|nr_inodes=\d+[kmg]?|nr_blocks=\d+[kmg]?|mode=[0-7]{1,5}|uid=\d+|gid=\d+)$/i;

/**
 * Reads the local driver's options: `type`, `device` and `o`, as mount(8) takes them. Without a type `o` may name an owner and `nocopy`.
 * @throws SelkieError INVALID_PARAMETER, UNSUPPORTED for file systems other than tmpfs and the host's own
 */
export function readDriverOptions(given: Readonly<Record<string, string>>): DriverOptions {
  const unknown = Object.keys(given).find((name) => !['type', 'device', 'o'].includes(name));
  if (unknown === 'size') unsupported('volume option size', 'the local driver has no quotas');
  if (unknown !== undefined) refuse(`invalid option: "${unknown}"`);
  const { type = '', device = '', o = '' } = given;
  const words = o.split(',').filter((word) => word !== '');
  if (type === 'tmpfs') return { mount: tmpfs(device, words), noCopy: words.includes('nocopy') };
  if (words.some((word) => BIND_FLAGS.has(word)) && (type === '' || type === 'none')) {
    return { mount: bind(device, words), noCopy: words.includes('nocopy') };
  }
  if (type === '' && device === '') return owner(words);
  return unsupported(`a volume of type "${type || 'none'}"`, 'tmpfs and directories of the host (o=bind) are there');
}

function tmpfs(device: string, words: readonly string[]): VolumeMount {
  if (device === '') refuse('missing required option: "device"');
  const data = words.filter((word) => word !== 'nocopy' && !FLAGS.has(word));
  const bad = data.find((word) => !TMPFS_DATA.test(word));
  if (bad !== undefined) refuse(`invalid mount option "${bad}" of a tmpfs`);
  return { type: 'tmpfs', device, flags: flagsOf(words, FLAGS), data: data.join(',') };
}

function bind(device: string, words: readonly string[]): VolumeMount {
  if (device === '') refuse('missing required option: "device"');
  if (!device.startsWith('/')) refuse(`device "${device}" of a bind must be an absolute path`);
  const bad = words.find((word) => word !== 'nocopy' && !FLAGS.has(word) && !BIND_FLAGS.has(word));
  if (bad !== undefined) refuse(`invalid mount option "${bad}" of a bind`);
  return { type: 'bind', device, flags: MS_BIND | flagsOf(words, FLAGS) | flagsOf(words, BIND_FLAGS), data: '' };
}

/** Options that say whom a plain directory belongs to. */
function owner(words: readonly string[]): DriverOptions {
  let options: DriverOptions = { noCopy: words.includes('nocopy') };
  for (const word of words) {
    const [, name, value] = /^(uid|gid)=(\d{1,10})$/.exec(word) ?? [];
    if (name !== undefined) options = { ...options, [name]: Number(value) };
    else if (word !== 'nocopy') refuse(`invalid mount option "${word}" without a type`);
  }
  return options;
}

function flagsOf(words: readonly string[], table: ReadonlyMap<string, number>): number {
  return words.reduce((flags, word) => flags | (table.get(word) ?? 0), 0);
}

function refuse(reason: string): never {
  throw new SelkieError('INVALID_PARAMETER', { reason });
}

function unsupported(what: string, reason: string): never {
  throw new SelkieError('UNSUPPORTED', { what, reason });
}
