import { SelkieError } from '@selkie/contract';
import type { RunnableImage } from './context.ts';
import type { ContainerDefinition } from './definition.ts';
import type { ResolvedProcess } from './record.ts';
import { signalNumber } from './signals.ts';

const DEFAULT_PATH = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Merges what the image says with what the client asked for. @throws SelkieError INVALID_PARAMETER */
export function resolveProcess(definition: ContainerDefinition, image: RunnableImage | undefined): ResolvedProcess {
  const asked = definition.process;
  const entrypoint = asked.entrypoint ?? image?.config.entrypoint ?? [];
  // An entrypoint of the client's own makes the image's command meaningless: it was written for the image's entrypoint.
  const command = asked.command ?? (asked.entrypoint === undefined ? image?.config.command : undefined) ?? [];
  const args = [...entrypoint, ...command];
  if (args.length === 0 || args[0] === '')
    throw new SelkieError('INVALID_PARAMETER', { reason: 'no command specified' });
  return {
    args,
    entrypoint,
    command,
    env: mergeEnv(asked.inheritEnv === false ? [] : (image?.config.env ?? []), asked.env),
    workdir: asked.workdir || image?.config.workdir || '/',
    user: asked.user ?? image?.config.user ?? '',
    stopSignal: signalNumber(asked.stopSignal ?? (image?.config.stopSignal || 'SIGTERM')),
    labels: { ...image?.config.labels, ...definition.labels },
    exposed: [...new Set([...(image?.config.exposed ?? []), ...definition.network.exposed])].sort(),
  };
}

/** Later settings win, keeping the place of the first; a bare `KEY` removes it. */
export function mergeEnv(base: readonly string[], overrides: readonly string[]): string[] {
  const merged = new Map<string, string>();
  for (const entry of [DEFAULT_PATH, ...base, ...overrides]) {
    const at = entry.indexOf('=');
    if (at < 0) merged.delete(entry);
    else merged.set(entry.slice(0, at), entry);
  }
  return [...merged.values()];
}
