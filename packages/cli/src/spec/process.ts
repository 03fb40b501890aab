import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { Failure, UsageError } from '../failure.ts';
import type { ContainerOptions, Spec } from './spec.ts';
import { given, pair, pairs } from './text.ts';

export function processFields(options: ContainerOptions): Spec {
  return {
    entrypoint: entrypoint(options.entrypoint),
    env: environment(options),
    unsetenv: given(options.unsetenv),
    unsetenvall: options['unsetenv-all'] || undefined,
    labels: labels(options),
    work_dir: options.workdir,
    user: options.user,
    groups: given(options['group-add']),
    umask: options.umask,
    hostname: options.hostname,
    stdin: options.interactive,
    terminal: options.tty,
    stop_signal: signalNumber(options['stop-signal']),
    stop_timeout: options['stop-timeout'],
  };
}

/** One word, or a JSON array of several. The empty text takes the image's away. */
function entrypoint(text: string | undefined): string[] | undefined {
  if (text === undefined) return undefined;
  if (!text.startsWith('[')) return [text];
  try {
    const words: unknown = JSON.parse(text);
    if (Array.isArray(words) && words.every((word) => typeof word === 'string')) return words;
  } catch {
    // A program may be called so.
  }
  return [text];
}

function environment({ env, 'env-file': files }: ContainerOptions): Record<string, string> | undefined {
  return variables([...files.flatMap(fileLines), ...env], process.env);
}

/** A name without value takes the caller's, and is left out where the caller has none. */
export function variables(
  texts: readonly string[],
  caller: Readonly<Record<string, string | undefined>>,
): Record<string, string> | undefined {
  if (texts.length === 0) return undefined;
  const entries = texts.flatMap((text): [string, string][] => {
    if (text.startsWith('=') || text === '') throw new UsageError(`invalid environment variable: "${text}"`);
    if (text.includes('=')) return [pair(text)];
    const value = caller[text];
    return value === undefined ? [] : [[text, value]];
  });
  return Object.fromEntries(entries);
}

function labels({ label, 'label-file': files }: ContainerOptions): Record<string, string> | undefined {
  return pairs([...files.flatMap(fileLines), ...label]);
}

/** Lines of a file, without comments and empty ones. */
export function fileLines(path: string): string[] {
  try {
    const lines = readFileSync(path, 'utf8').split('\n');
    return lines.map((line) => line.trimStart()).filter((line) => line !== '' && !line.startsWith('#'));
  } catch (cause) {
    throw new Failure(`cannot read ${path}: ${cause instanceof Error ? cause.message : cause}`, { cause });
  }
}

/** libpod's wire form has a number. */
function signalNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text)) return Number(text);
  const name = text.toUpperCase().replace(/^(SIG)?/, 'SIG');
  const [, number] = Object.entries(constants.signals).find(([signal]) => signal === name) ?? [];
  if (number === undefined) throw new UsageError(`invalid signal: ${text}`);
  return number;
}
