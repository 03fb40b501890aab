import { type RegistriesConf, readRegistriesConf } from './registries-conf.ts';

export const DEFAULT_REGISTRIES_CONF = '/etc/containers/registries.conf';

/** The host's registries.conf, read once and again on demand. */
export class RegistriesFile {
  readonly #path: string;
  #current: RegistriesConf;

  /** @throws SelkieError HOST for a file that cannot be understood */
  constructor(path: string = DEFAULT_REGISTRIES_CONF) {
    this.#path = path;
    this.#current = readRegistriesConf(path);
  }

  get current(): RegistriesConf {
    return this.#current;
  }

  /** Keeps what was read before where the file has become wrong. @throws SelkieError HOST */
  reload(): void {
    this.#current = readRegistriesConf(this.#path);
  }
}
