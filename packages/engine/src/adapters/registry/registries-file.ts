import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type RegistriesConf, readRegistriesConf } from './registries-conf.ts';

export const DEFAULT_REGISTRIES_CONF = '/etc/containers/registries.conf';

/**
 * A source of the registries.conf at `path`: reads it at the first call and again when it or a drop-in has changed, so an administrator
 * restarts nothing.
 * @returns a function that throws SelkieError HOST while the file cannot be understood
 */
export function registriesSource(path: string = DEFAULT_REGISTRIES_CONF): () => RegistriesConf {
  let read: { stamp: string; conf: RegistriesConf } | undefined;
  return () => {
    const stamp = stampOf(path);
    if (read?.stamp !== stamp) read = { stamp, conf: readRegistriesConf(path) };
    return read.conf;
  };
}

/** Changes whenever one of the files does. */
function stampOf(path: string): string {
  const directory = `${path}.d`;
  const dropIns = statSync(directory, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(directory).sort() : [];
  return [path, ...dropIns.map((name) => join(directory, name))]
    .map((file) => {
      const stats = statSync(file, { throwIfNoEntry: false, bigint: true });
      return stats === undefined ? file : `${file} ${stats.ino} ${stats.size} ${stats.mtimeNs}`;
    })
    .join('\n');
}
