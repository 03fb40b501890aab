import manifest from '../package.json' with { type: 'json' };

/** This engine's own version. */
export const VERSION: string = manifest.version;
