import { chownSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { SelkieError } from '@selkie/contract';
import { timestamp } from '../clock.ts';
import { newId } from '../containers/identity.ts';
import { emitVolume, type VolumeContext } from './context.ts';
import { readDriverOptions } from './driver-options.ts';
import type { VolumeRecord } from './record.ts';

export interface VolumeRequest {
  /** Undefined or empty: the engine finds one. */
  readonly name?: string;
  readonly driver?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly options?: Readonly<Record<string, string>>;
  /** Undefined: where it has no name. */
  readonly anonymous?: boolean;
  readonly uid?: number;
  readonly gid?: number;
}

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/;
const MAX_NAME = 255;

/** Makes a volume, or returns the one of that name. @throws SelkieError INVALID_PARAMETER, UNSUPPORTED */
export function create(ctx: VolumeContext, request: VolumeRequest): VolumeRecord {
  const existing = ctx.store.get(request.name ?? '');
  if (existing) return existing;
  const record = ctx.store.put(buildVolume(ctx, request));
  ensureDirectory(record);
  emitVolume(ctx, 'create', record);
  return record;
}

/** What would be stored for a request. @throws SelkieError INVALID_PARAMETER, UNSUPPORTED */
export function buildVolume(ctx: VolumeContext, request: VolumeRequest): VolumeRecord {
  const { driver = 'local', options = {}, labels = {}, anonymous = !request.name } = request;
  const name = request.name || newId();
  if (!NAME.test(name) || name.length > MAX_NAME) {
    const reason = `"${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`;
    throw new SelkieError('INVALID_PARAMETER', { reason });
  }
  if (driver !== '' && driver !== 'local') {
    throw new SelkieError('UNSUPPORTED', { what: `volume driver ${driver}`, reason: 'only the local driver is there' });
  }
  const { noCopy, ...read } = readDriverOptions(options);
  const { uid = read.uid, gid = read.gid } = request;
  return {
    name,
    driver: 'local',
    created: timestamp(),
    labels,
    options,
    ...(read.mount ? { mount: read.mount } : {}),
    anonymous,
    path: join(ctx.root, name, '_data'),
    fresh: !noCopy,
    ...(uid === undefined ? {} : { uid }),
    ...(gid === undefined ? {} : { gid }),
  };
}

/** The record comes before the directory, so a killed service may have left one without. */
export function ensureDirectory({ path, uid, gid }: VolumeRecord): void {
  const made = mkdirSync(path, { recursive: true, mode: 0o755 });
  if (made !== undefined && (uid !== undefined || gid !== undefined)) chownSync(path, uid ?? 0, gid ?? 0);
}
