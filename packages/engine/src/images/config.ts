import { SelkieError } from '@selkie/contract';
import { parseDigest } from './digest.ts';
import { defined, JsonObject } from './json.ts';

/** How a container of the image runs, the parts of an image config both APIs show. Absent members were absent. */
export interface ImageConfig {
  readonly user?: string;
  readonly env?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  readonly workingDir?: string;
  /** `80/tcp` */
  readonly exposedPorts?: readonly string[];
  readonly volumes?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly stopSignal?: string;
  readonly stopTimeout?: number;
  readonly healthcheck?: ImageHealthcheck;
  readonly onBuild?: readonly string[];
  readonly shell?: readonly string[];
  readonly argsEscaped?: boolean;
}

/** Durations in nanoseconds; 0 or absent: the default. */
export interface ImageHealthcheck {
  readonly test: readonly string[];
  readonly interval?: number;
  readonly timeout?: number;
  readonly startPeriod?: number;
  readonly startInterval?: number;
  readonly retries?: number;
}

export interface HistoryEntry {
  readonly created?: string;
  readonly createdBy?: string;
  readonly author?: string;
  readonly comment?: string;
  readonly emptyLayer?: boolean;
}

/** An image's config blob. */
export interface ImageDocument {
  readonly created?: string;
  readonly author?: string;
  readonly comment?: string;
  readonly dockerVersion?: string;
  readonly os: string;
  readonly architecture: string;
  readonly variant?: string;
  readonly osVersion?: string;
  readonly config: ImageConfig;
  readonly diffIds: readonly string[];
  readonly history: readonly HistoryEntry[];
}

/** @throws SelkieError REGISTRY for a config that is malformed */
export function parseImageDocument(name: string, bytes: Uint8Array): ImageDocument {
  try {
    const document = new JsonObject(JSON.parse(Buffer.from(bytes).toString('utf8')), 'config');
    const rootfs = document.object('rootfs');
    const diffIds = rootfs?.strings('diff_ids') ?? [];
    const wrong = diffIds.find((diffId) => parseDigest(diffId) === undefined);
    if (wrong !== undefined) throw new TypeError(`invalid diff ID ${wrong}`);
    return defined({
      created: document.string('created'),
      author: document.string('author'),
      comment: document.string('comment'),
      dockerVersion: document.string('docker_version'),
      os: document.string('os') ?? 'linux',
      architecture: document.string('architecture') ?? '',
      variant: document.string('variant'),
      osVersion: document.string('os.version'),
      config: imageConfig(document.object('config') ?? new JsonObject({}, 'config')),
      diffIds,
      history: (document.objects('history') ?? []).map(historyEntry),
    });
  } catch (cause) {
    const reason = `${name}: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new SelkieError('REGISTRY', { reason }, { cause });
  }
}

function imageConfig(object: JsonObject): ImageConfig {
  const healthcheck = object.object('Healthcheck');
  return defined({
    user: object.string('User'),
    env: object.strings('Env'),
    entrypoint: object.strings('Entrypoint'),
    cmd: object.strings('Cmd'),
    workingDir: object.string('WorkingDir'),
    exposedPorts: object.keys('ExposedPorts'),
    volumes: object.keys('Volumes'),
    labels: object.stringMap('Labels'),
    stopSignal: object.string('StopSignal'),
    stopTimeout: object.number('StopTimeout'),
    healthcheck: healthcheck === undefined ? undefined : imageHealthcheck(healthcheck),
    onBuild: object.strings('OnBuild'),
    shell: object.strings('Shell'),
    argsEscaped: object.boolean('ArgsEscaped'),
  });
}

function imageHealthcheck(object: JsonObject): ImageHealthcheck {
  return defined({
    test: object.strings('Test') ?? [],
    interval: object.number('Interval'),
    timeout: object.number('Timeout'),
    startPeriod: object.number('StartPeriod'),
    startInterval: object.number('StartInterval'),
    retries: object.number('Retries'),
  });
}

function historyEntry(object: JsonObject): HistoryEntry {
  return defined({
    created: object.string('created'),
    createdBy: object.string('created_by'),
    author: object.string('author'),
    comment: object.string('comment'),
    emptyLayer: object.boolean('empty_layer'),
  });
}
