import type { VolumesFrom } from '@selkie/engine/containers/definition';
import { invalid } from './refuse.ts';

/** `container[:options]`, as both dialects write it. @throws SelkieError INVALID_PARAMETER */
export function volumesFrom(texts: readonly string[]): VolumesFrom[] {
  return texts.map((text) => {
    const [container = '', mode = '', ...rest] = text.split(':');
    const options = mode.split(',').filter((option) => option !== '');
    // There are no SELinux labels to share.
    const bad = options.find((option) => !['ro', 'rw', 'z', 'Z'].includes(option));
    if (container === '' || rest.length > 0 || bad !== undefined)
      invalid(`invalid volumes-from specification: ${text}`);
    return { container, readOnly: options.includes('ro') };
  });
}
