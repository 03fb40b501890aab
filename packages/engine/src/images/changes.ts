import { posix } from 'node:path';
import { SelkieError } from '@selkie/contract';
import { signalNumber } from '../containers/signals.ts';
import { healthcheckOf } from './changes/healthcheck.ts';
import { expand, splitWords, type Variables } from './changes/words.ts';
import type { ImageConfig } from './config.ts';

const SHELL = ['/bin/sh', '-c'];
const PORTS = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/(tcp|udp|sctp))?$/i;

/** One instruction: what it does to a config. */
type Apply = (config: ImageConfig, text: string, variables: Variables) => ImageConfig;

const INSTRUCTIONS: Readonly<Record<string, Apply>> = {
  CMD: (config, text) => ({ ...config, cmd: command(config, text).words }),
  ENTRYPOINT: (config, text) => ({ ...config, entrypoint: command(config, text).words }),
  ENV: (config, text, variables) => ({ ...config, env: withEnv(config.env ?? [], pairs(text, variables)) }),
  LABEL: (config, text, variables) => ({
    ...config,
    labels: { ...config.labels, ...Object.fromEntries(pairs(text, variables)) },
  }),
  EXPOSE: (config, text, variables) => ({
    ...config,
    exposedPorts: union(config.exposedPorts, splitWords(text, variables).flatMap(ports)),
  }),
  VOLUME: (config, text, variables) => ({
    ...config,
    volumes: union(config.volumes, jsonList(text) ?? splitWords(text, variables)),
  }),
  USER: (config, text, variables) => ({ ...config, user: expand(text, variables) }),
  WORKDIR: (config, text, variables) => ({
    ...config,
    workingDir: posix.resolve('/', config.workingDir ?? '', expand(text, variables)),
  }),
  STOPSIGNAL: (config, text, variables) => {
    const stopSignal = expand(text, variables);
    signalNumber(stopSignal);
    return { ...config, stopSignal };
  },
  HEALTHCHECK: (config, text) => ({
    ...config,
    healthcheck: healthcheckOf(text, (tested) => command(config, tested)),
  }),
  ONBUILD: (config, text) => {
    const trigger = text.split(/\s/, 1)[0]?.toUpperCase() ?? '';
    if (['ONBUILD', 'FROM', 'MAINTAINER'].includes(trigger)) throw new TypeError(`${trigger} cannot be a trigger`);
    return { ...config, onBuild: [...(config.onBuild ?? []), text] };
  },
};

/**
 * Applies instructions as a Dockerfile has them to a config, as `--change` of commit and import takes them. `CMD=x` is read as `CMD x`.
 * @throws SelkieError INVALID_PARAMETER
 */
export function applyChanges(config: ImageConfig, changes: readonly string[]): ImageConfig {
  let changed = config;
  let commandGiven = false;
  for (const line of changes.flatMap((change) => change.split('\n')).filter((one) => one.trim() !== '')) {
    const [, word = '', text = ''] = /^\s*([A-Za-z]+)(?:\s*=\s*|\s+)(.*)$/s.exec(line) ?? [];
    const instruction = word.toUpperCase();
    const apply = Object.hasOwn(INSTRUCTIONS, instruction) ? INSTRUCTIONS[instruction] : undefined;
    if (apply === undefined) throw invalid(line, 'it is not an instruction that can be given here');
    try {
      if (text.trim() === '') throw new TypeError('it needs an argument');
      changed = apply(changed, text.trim(), (name) => variableOf(changed.env ?? [], name));
    } catch (cause) {
      throw invalid(line, cause instanceof Error ? cause.message : String(cause), cause);
    }
    if (instruction === 'CMD') commandGiven = true;
    // A command was written for the entrypoint it came with.
    if (instruction === 'ENTRYPOINT' && !commandGiven) changed = withoutCommand(changed);
  }
  return changed;
}

function withoutCommand({ cmd: _, ...config }: ImageConfig): ImageConfig {
  return config;
}

function invalid(line: string, reason: string, cause?: unknown): SelkieError {
  return new SelkieError(
    'INVALID_PARAMETER',
    { reason: `invalid change ${JSON.stringify(line)}: ${reason}` },
    { cause },
  );
}

function command({ shell = SHELL }: ImageConfig, text: string): { words: string[]; shell: boolean } {
  const words = jsonList(text);
  return words === undefined ? { words: [...shell, text], shell: true } : { words, shell: false };
}

function jsonList(text: string): string[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined;
  } catch {
    return undefined;
  }
}

/** `a=1 b=2`, or of old one name and a value that is all the rest. */
function pairs(text: string, variables: Variables): [string, string][] {
  const [name = '', ...rest] = text.split(/\s+/);
  if (!name.includes('=')) {
    if (rest.length === 0) throw new TypeError(`${name} has no value`);
    return [[expand(name, variables), expand(text.slice(name.length).trim(), variables)]];
  }
  return splitWords(text, variables).map((word) => {
    const equals = word.indexOf('=');
    if (equals <= 0) throw new TypeError(`${word} is not of the form name=value`);
    return [word.slice(0, equals), word.slice(equals + 1)];
  });
}

function withEnv(env: readonly string[], added: readonly [string, string][]): string[] {
  const all = new Map(env.map((entry) => [entry.split('=', 1)[0] ?? '', entry]));
  for (const [name, value] of added) all.set(name, `${name}=${value}`);
  return [...all.values()];
}

function variableOf(env: readonly string[], name: string): string | undefined {
  return env.find((entry) => entry.startsWith(`${name}=`))?.slice(name.length + 1);
}

function ports(word: string): string[] {
  const [, first, last = first, protocol = 'tcp'] = PORTS.exec(word) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (!(from >= 1 && from <= to && to <= 65535)) throw new TypeError(`${word} is no port`);
  return Array.from({ length: to - from + 1 }, (_, i) => `${from + i}/${protocol.toLowerCase()}`);
}

function union(before: readonly string[] = [], added: readonly string[]): string[] {
  return [...new Set([...before, ...added])];
}
