import { SelkieError } from '@selkie/contract';
import { formatPlatform, normalize, type Platform, parsePlatform, runsOn } from '@selkie/engine/images/platform';
import type { ImageRecord } from '@selkie/engine/images/record';
import { invalid } from '../../translate/refuse.ts';

/** A platform as clients write it: `linux/arm64/v8`, or OCI's JSON. @throws SelkieError INVALID_PARAMETER */
export function readPlatform(text: string): Platform {
  if (!text.startsWith('{')) return parsePlatform(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return invalid(`invalid platform: ${text}`);
  }
  const { os, architecture, variant } = { os: '', architecture: '', variant: '', ...Object(value) };
  if (typeof os !== 'string' || typeof architecture !== 'string' || typeof variant !== 'string' || !os) {
    return invalid(`invalid platform: ${text}`);
  }
  return normalize({ os, architecture, ...(variant ? { variant } : {}) });
}

/** The image, where it is for the platform a client asks about. @throws SelkieError NO_MATCHING_PLATFORM, INVALID_PARAMETER */
export function forPlatform(image: ImageRecord, name: string, platform: string | undefined): ImageRecord {
  if (!platform) return image;
  const wanted = readPlatform(platform);
  if (runsOn(image, wanted)) return image;
  const reason = `image with reference ${name} was found but does not provide the specified platform (${formatPlatform(wanted)})`;
  throw new SelkieError('NO_MATCHING_PLATFORM', { reason });
}
