import type { HistoryEntry, ImageConfig, ImageDocument, ImageHealthcheck } from './config.ts';

type Json = Readonly<Record<string, unknown>>;

/** An image's config blob, members in the order the specification has them. What is absent is left out. */
export function writeImageDocument(document: ImageDocument): Buffer {
  const { created, author, comment, dockerVersion, architecture, variant, os, osVersion } = document;
  return Buffer.from(
    JSON.stringify({
      created,
      author,
      comment,
      docker_version: dockerVersion,
      architecture,
      variant,
      os,
      'os.version': osVersion,
      config: configJson(document.config),
      rootfs: { type: 'layers', diff_ids: document.diffIds },
      history: document.history.map(historyJson),
    }),
  );
}

function configJson(config: ImageConfig): Json {
  return {
    User: config.user,
    ExposedPorts: keyed(config.exposedPorts),
    Env: config.env,
    Entrypoint: config.entrypoint,
    Cmd: config.cmd,
    Healthcheck: config.healthcheck === undefined ? undefined : healthcheckJson(config.healthcheck),
    ArgsEscaped: config.argsEscaped,
    Volumes: keyed(config.volumes),
    WorkingDir: config.workingDir,
    OnBuild: config.onBuild,
    Labels: config.labels,
    StopSignal: config.stopSignal,
    StopTimeout: config.stopTimeout,
    Shell: config.shell,
  };
}

function healthcheckJson(check: ImageHealthcheck): Json {
  return {
    Test: check.test,
    Interval: check.interval,
    Timeout: check.timeout,
    StartPeriod: check.startPeriod,
    StartInterval: check.startInterval,
    Retries: check.retries,
  };
}

function historyJson(entry: HistoryEntry): Json {
  return {
    created: entry.created,
    created_by: entry.createdBy,
    author: entry.author,
    comment: entry.comment,
    empty_layer: entry.emptyLayer,
  };
}

function keyed(keys: readonly string[] | undefined): Json | undefined {
  return keys === undefined ? undefined : Object.fromEntries(keys.map((key) => [key, {}]));
}
