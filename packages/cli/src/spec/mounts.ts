import { resolve } from 'node:path';
import { UsageError } from '../failure.ts';
import type { ContainerOptions, Spec } from './spec.ts';
import { given, pair } from './text.ts';

type Mount = NonNullable<Spec['mounts']>[number];
type Volume = NonNullable<Spec['volumes']>[number];

/** Files of the host or kept in memory, and volumes that the service manages. */
type Place = { readonly mount: Mount } | { readonly volume: Volume };

export function mountFields(options: ContainerOptions): Spec {
  const places = [
    ...options.volume.map(volumePlace),
    ...options.mount.map(mountPlace),
    ...options.tmpfs.map(tmpfsPlace),
  ];
  return {
    mounts: given(places.flatMap((place) => ('mount' in place ? [place.mount] : []))),
    volumes: given(places.flatMap((place) => ('volume' in place ? [place.volume] : []))),
    volumes_from: given(options['volumes-from']),
    read_only_filesystem: options['read-only'] || undefined,
    read_write_tmpfs: options['read-only'] && options['read-only-tmpfs'] ? true : undefined,
    devices: given(options.device.map((path) => ({ path }))),
  };
}

/** `[SOURCE:]PATH[:OPTIONS]`: a source with a slash is a path of the host, any other a volume's name. */
export function volumePlace(text: string): Place {
  const parts = text.split(':');
  const [source = '', destination = '', options] = parts.length === 1 ? [undefined, parts[0]] : parts;
  if (destination === '' || parts.length > 3) {
    throw new UsageError(`invalid volume: ${text}`, 'It is [SOURCE:]PATH[:OPTIONS]');
  }
  const list = options?.split(',');
  if (!/^[./]/.test(source)) return { volume: { Name: source || undefined, Dest: destination, Options: list } };
  return { mount: { type: 'bind', source: resolve(source), destination, options: list } };
}

function tmpfsPlace(text: string): Place {
  const [destination, options] = text.split(':');
  return { mount: { type: 'tmpfs', source: 'tmpfs', destination, options: options?.split(',') } };
}

/** `type=bind,src=/a,dst=/b,ro` and the like. */
export function mountPlace(text: string): Place {
  const fields = new Fields(text);
  const type = fields.take('type') ?? 'volume';
  const source = fields.take('source', 'src');
  const destination = fields.take('target', 'destination', 'dst');
  if (destination === undefined) throw new UsageError(`invalid mount: ${text}`, 'It needs target=PATH');
  const readOnly = fields.flag('readonly', 'ro');
  const options = readOnly ? ['ro'] : [];
  switch (type) {
    case 'bind': {
      if (source === undefined) throw new UsageError(`invalid mount: ${text}`, 'A bind needs source=PATH');
      options.push(...present(fields.take('bind-propagation')));
      fields.end();
      return { mount: { type, source: resolve(source), destination, options: given(options) } };
    }
    case 'tmpfs': {
      options.push(...present(fields.take('tmpfs-size', 'size'), 'size='));
      options.push(...present(fields.take('tmpfs-mode', 'mode'), 'mode='));
      fields.end();
      return { mount: { type, source: 'tmpfs', destination, options: given(options) } };
    }
    case 'volume': {
      if (fields.flag('nocopy', 'volume-nocopy')) options.push('nocopy');
      const subpath = fields.take('subpath', 'volume-subpath');
      fields.end();
      return { volume: { Name: source, Dest: destination, Options: given(options), SubPath: subpath } };
    }
    default:
      throw new UsageError(`invalid mount type: ${type}`, 'It is bind, volume or tmpfs');
  }
}

function present(value: string | undefined, prefix = ''): string[] {
  return value === undefined ? [] : [`${prefix}${value}`];
}

/** The members of a comma-separated list of `key=value` and flags, each taken once. */
class Fields {
  readonly #text: string;
  readonly #left: Map<string, string>;

  constructor(text: string) {
    this.#text = text;
    this.#left = new Map(text.split(',').map(pair));
  }

  take(...names: readonly string[]): string | undefined {
    const name = names.find((candidate) => this.#left.has(candidate));
    if (name === undefined) return undefined;
    const value = this.#left.get(name);
    this.#left.delete(name);
    return value;
  }

  flag(...names: readonly string[]): boolean {
    const value = this.take(...names);
    return value !== undefined && !['false', '0'].includes(value);
  }

  /** @throws UsageError where something is left that nobody took */
  end(): void {
    const [name] = this.#left.keys();
    if (name !== undefined) throw new UsageError(`invalid mount: ${this.#text}: unknown option ${name}`);
  }
}
